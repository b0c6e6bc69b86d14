import { parseDuration } from '../../kubernetes/duration.ts';
import { valueAt } from '../../kubernetes/fields.ts';
import type { ManifestRule } from '../../model.ts';
import { externalSecretSpecOf, onlyGenerates } from '../../secrets/external-secret.ts';

/** Option: `longestInterval`, the time after which a rotated secret must have arrived. */
export const refreshed: ManifestRule = refreshedWithin({});

function refreshedWithin({ longestInterval }: Readonly<Record<string, unknown>>): ManifestRule {
  const longest = typeof longestInterval === 'string' ? longestInterval : undefined;
  return {
    id: 'external-secrets/refreshed',
    scope: 'manifest',
    severity: 'warning',
    summary: 'What comes from a store is fetched again and again.',
    why: 'A secret that is rotated in the store stays the old one in the cluster until somebody notices.',
    fix: 'Set `refreshInterval: 1h` and no `refreshPolicy: CreatedOnce`.',
    docs: 'https://external-secrets.io/latest/api/externalsecret/#refresh-policy',
    aliases: ['ESO211'],
    options: {
      longestInterval: {
        summary: 'the longest refreshInterval, such as "24h"; any by default',
        fault: (value) =>
          typeof value === 'string' && (parseDuration(value) ?? 0) > 0
            ? undefined
            : 'must be a duration such as "24h"',
      },
    },
    configure: refreshedWithin,

    *check(manifest) {
      const spec = externalSecretSpecOf(manifest);
      if (!spec) return;
      const interval = valueAt(spec.data, ['refreshInterval']);
      const path = [...spec.path, 'refreshInterval'];
      if (typeof interval === 'string' && !duration.test(interval)) {
        const message = `refreshInterval "${interval}" is no duration`;
        const fix = 'Use hours, minutes and seconds, such as `24h` for a day.';
        yield { manifest, path, message, fix, severity: 'error' };
        return;
      }
      if (onlyGenerates(spec.data)) return;
      const once = 'what the store has is fetched once, and a rotation is never seen';
      if (valueAt(spec.data, ['refreshPolicy']) === 'CreatedOnce') {
        yield { manifest, path: [...spec.path, 'refreshPolicy'], message: once };
      } else if (interval === 0 || (typeof interval === 'string' && isNotPositive(interval))) {
        yield { manifest, path, message: once };
      } else if (typeof interval === 'string' && longest && isLonger(interval, longest)) {
        const message = `refreshInterval "${interval}" is longer than ${longest}`;
        yield { manifest, path, message, fix: `Set \`refreshInterval\` to ${longest} or less.` };
      }
    },
  };
}

function isLonger(interval: string, longest: string): boolean {
  return (parseDuration(interval) ?? 0) > (parseDuration(longest) ?? Number.POSITIVE_INFINITY);
}

/** What Go's `time.ParseDuration` takes: there are no days. */
const duration = /^[-+]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;

function isNotPositive(interval: string): boolean {
  return interval.startsWith('-') || !/[1-9]/.test(interval);
}
