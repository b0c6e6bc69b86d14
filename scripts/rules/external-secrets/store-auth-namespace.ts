import { textAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ManifestRule } from '../../model.ts';
import { storeSecretRefs } from '../../secrets/references.ts';

export const storeAuthNamespace: ManifestRule = {
  id: 'external-secrets/store-auth-namespace',
  scope: 'manifest',
  severity: 'error',
  summary:
    'A ClusterSecretStore says in which namespace its credential is; a SecretStore has it in its own.',
  why: 'A cluster-wide store without it looks in the namespace of each ExternalSecret, and a SecretStore may not look elsewhere.',
  fix: 'Name the namespace of the Secret in a ClusterSecretStore, and none in a SecretStore.',
  docs: 'https://external-secrets.io/latest/api/clustersecretstore/',
  aliases: ['ESO204'],

  *check(manifest) {
    const { apiVersion, kind, name, namespace } = manifest;
    if (groupOf(apiVersion) !== 'external-secrets.io') return;
    const isCluster = kind === 'ClusterSecretStore';
    if (!isCluster && kind !== 'SecretStore') return;
    for (const { value, path } of storeSecretRefs(manifest)) {
      const field = path.findLast((step) => typeof step === 'string');
      const named = textAt(value, ['namespace']);
      if (isCluster && named === undefined) {
        const message = `${field} of ClusterSecretStore ${name} has no namespace`;
        yield { manifest, path, message, severity: 'warning' };
      }
      if (!isCluster && named !== undefined && namespace !== undefined && named !== namespace) {
        const message = `${field} of SecretStore ${name} names namespace ${named}, and only ${namespace} is allowed`;
        yield { manifest, path: [...path, 'namespace'], message };
      }
    }
  },
};
