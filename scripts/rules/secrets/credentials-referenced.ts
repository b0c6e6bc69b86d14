import type { ManifestRule } from '../../model.ts';
import { judgeValue } from '../../secrets/credentials.ts';
import type { Detect } from '../../secrets/detect.ts';
import { type ManifestValue, valuesOf } from '../../secrets/values.ts';

/** Makes the rule with the detector of a run. */
export function credentialsReferenced(detect: Detect): ManifestRule {
  return {
    id: 'secrets/credentials-referenced',
    scope: 'manifest',
    severity: 'error',
    summary: 'A credential in env, arguments or chart values comes from a Secret.',
    why: 'A literal value is in Git, and in the sight of everybody who may read the workload.',
    fix: 'Take it with `valueFrom.secretKeyRef` from a Secret that is not in Git, and rotate it.',
    docs: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables',
    aliases: ['SEC003'],

    *check(manifest) {
      for (const one of valuesOf(manifest)) {
        const { name, value, path, place } = one;
        if (place !== 'env' && place !== 'argument' && place !== 'chart') continue;
        if (judgeValue(name, value) !== 'credential') continue;
        // Its form says more, and has a rule of its own.
        const { token, url } = detect(value);
        if (token || url) continue;
        yield { manifest, path, message: `${placeOf(one)} has a literal value` };
      }
    },
  };
}

function placeOf({ name, place, container }: ManifestValue): string {
  if (place === 'chart') return `chart value ${name}`;
  return `${place} ${name} of container ${container}`;
}
