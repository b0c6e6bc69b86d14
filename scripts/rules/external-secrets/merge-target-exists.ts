import type { ClusterRule } from '../../model.ts';
import { contractOf } from '../../secrets/contract.ts';
import { creationPolicyOf, externalSecretSpecOf } from '../../secrets/external-secret.ts';

export const mergeTargetExists: ClusterRule = {
  id: 'external-secrets/merge-target-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'An ExternalSecret that only merges finds a Secret that something else makes.',
  why: '`creationPolicy: Merge` never makes a Secret, and the operator waits without an error.',
  fix: 'Use `CreateOrMerge` (External Secrets 2.8 or later) or `Owner`, or make the Secret.',
  docs: 'https://external-secrets.io/latest/guides/ownership-deletion-policy/#merge',
  aliases: ['ESO207'],

  *check(view) {
    const contract = contractOf(view);
    if (contract.broken) return;
    for (const { manifest, name, namespace, creates } of contract.producers) {
      const spec = externalSecretSpecOf(manifest);
      if (!spec || creates || creationPolicyOf(spec.data) !== 'Merge') continue;
      const reference = {
        manifest,
        by: '',
        name,
        path: [],
        optional: false,
        use: 'value' as const,
      };
      const wanted = { ...reference, ...(namespace && { namespace }) };
      const makers = contract.producersFor(wanted).filter((one) => one.creates);
      if (makers.length > 0 || contract.isElsewhere(wanted)) continue;
      yield {
        manifest,
        path: [...spec.path, 'target', 'creationPolicy'],
        message: `creationPolicy is Merge, but nothing makes Secret ${namespace ? `${namespace}/` : ''}${name}`,
        // Without the whole cluster in sight, something else may make it.
        severity: contract.complete ? 'error' : 'warning',
      };
    }
  },
};
