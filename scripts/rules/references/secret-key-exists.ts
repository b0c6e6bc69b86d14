import type { ClusterRule } from '../../model.ts';
import { verdictsOf } from '../../secrets/verdicts.ts';
import { listed, nameOf, severityOf } from '../../secrets/wording.ts';
import { nearest } from '../../shared/nearest.ts';

export const secretKeyExists: ClusterRule = {
  id: 'references/secret-key-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'Every key that something reads of a Secret is in it.',
  why: 'A container that asks for a key which is not there does not start.',
  fix: 'Correct the key, or add it to what makes the Secret.',
  docs: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables',
  aliases: ['REF402'],

  *check(view) {
    for (const verdict of verdictsOf(view)) {
      if (verdict.fault !== 'key') continue;
      const { reference, keys } = verdict;
      const { manifest, by, key = '', path, keyPath } = reference;
      const meant = nearest(key, keys);
      const has = keys.length > 0 ? `it has ${listed(keys)}` : 'it has no keys';
      yield {
        manifest,
        path: keyPath ?? path,
        message: `${by} reads key "${key}", which ${nameOf(reference)} does not have`,
        severity: severityOf(reference, 'error'),
        fix: meant ? `Did you mean "${meant}"?` : `Correct the key or add it; ${has}.`,
      };
    }
  },
};
