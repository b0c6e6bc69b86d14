import type { FieldPath, Manifest } from '../../model.ts';
import { parseDuration } from '../duration.ts';
import { type Fault, quoted } from '../faults.ts';
import { textAt } from '../fields.ts';
import { groupOf } from '../manifests.ts';

/** Fields that are metav1.Duration of k8s.io/apimachinery and any text to their schemas. */
const fields: Readonly<Record<string, readonly FieldPath[]>> = {
  'cert-manager.io': [
    ['spec', 'duration'],
    ['spec', 'renewBefore'],
  ],
  'external-secrets.io': [
    ['spec', 'refreshInterval'],
    ['spec', 'refreshTime'],
  ],
};

/** Durations in custom resources, which their controllers decode with Go's parser. */
export function* durationFaults({ apiVersion, data }: Manifest): Generator<Fault> {
  const group = groupOf(apiVersion);
  for (const path of Object.hasOwn(fields, group) ? (fields[group] ?? []) : []) {
    const text = textAt(data, path);
    if (text === undefined || parseDuration(text) !== undefined) continue;
    const fix =
      'Write numbers with the units s, m and h, such as 90s or 2160h; there is none for days.';
    yield { path, message: `${path.at(-1)} ${quoted(text)} is no duration`, fix };
  }
}
