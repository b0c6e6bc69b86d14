import { recordAt } from '../../kubernetes/fields.ts';
import type { ManifestRule } from '../../model.ts';
import { isSealedSecret } from '../../secrets/sealed-secret.ts';

export const scopeAnnotated: ManifestRule = {
  id: 'sealed-secrets/scope-annotated',
  scope: 'manifest',
  severity: 'error',
  summary:
    'The scope stands in the SealedSecret\'s own annotations, as `"true"`, and only one of them.',
  why: 'The controller reads no other place and no other word, and tries the strict label then.',
  fix: 'Set the annotation in `metadata` of the SealedSecret itself.',
  docs: 'https://github.com/bitnami-labs/sealed-secrets#scopes',
  aliases: ['SEAL303'],

  *check(manifest) {
    if (!isSealedSecret(manifest)) return;
    const own = recordAt(manifest.data, ['metadata', 'annotations']);
    const at = ['spec', 'template', 'metadata', 'annotations'];
    const template = recordAt(manifest.data, at);
    for (const scope of scopes) {
      const annotation = `sealedsecrets.bitnami.com/${scope}`;
      const value = own[annotation];
      const path = ['metadata', 'annotations', annotation];
      if (value !== undefined && value !== 'true' && value !== 'false') {
        yield { manifest, path, message: `${scope} is "${String(value)}", and only "true" counts` };
      } else if (value === undefined && template[annotation] === 'true') {
        const message = `${scope} is set on the template only`;
        yield { manifest, path: [...at, annotation], message };
      }
    }
    const set = scopes.filter((scope) => own[`sealedsecrets.bitnami.com/${scope}`] === 'true');
    const path = ['metadata', 'annotations', 'sealedsecrets.bitnami.com/cluster-wide'];
    if (set.length === 2) {
      const message = 'namespace-wide and cluster-wide are both set, and cluster-wide wins';
      yield { manifest, path, message };
    } else if (set[0] === 'cluster-wide') {
      const message = 'cluster-wide lets anybody use the value in any namespace';
      yield { manifest, path, message, severity: 'warning' };
    }
  },
};

const scopes = ['namespace-wide', 'cluster-wide'] as const;
