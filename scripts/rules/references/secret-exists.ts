import { clusterFileName } from '../../kubernetes/cluster-file.ts';
import type { ClusterRule } from '../../model.ts';
import { contractOf } from '../../secrets/contract.ts';
import type { SecretReference } from '../../secrets/reference.ts';
import { verdictsOf } from '../../secrets/verdicts.ts';
import { listed, readsOf, severityOf } from '../../secrets/wording.ts';
import { nearest } from '../../shared/nearest.ts';

export const secretExists: ClusterRule = {
  id: 'references/secret-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'Every Secret that something reads is made by something that lands in the same cluster.',
  why: 'A container whose Secret is missing does not start, and what signs in with it fails at night.',
  fix: 'Add an ExternalSecret or SealedSecret that makes it, or declare it under `external.secrets` in cluster.yaml.',
  docs: 'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-secret-must-exist',
  aliases: ['REF401'],

  *check(view) {
    const contract = contractOf(view);
    const isDescribed = view.cluster?.file.endsWith(`/${clusterFileName}`) ?? false;
    for (const verdict of verdictsOf(view)) {
      if (verdict.fault !== 'missing') continue;
      const { reference, sure } = verdict;
      if (needsNoGit(reference.by) && (!isDescribed || isBootstrapped(reference))) continue;
      const { manifest, path, name, namespace } = reference;
      const near = contract.producers.filter(
        (one) => namespace === undefined || one.namespace === namespace,
      );
      const names = [...new Set(near.map((one) => one.name))].sort();
      const meant = nearest(name, names);
      const there = namespace ? `in namespace ${namespace}` : 'here';
      yield {
        manifest,
        path,
        message: `${readsOf(reference)}, which nothing makes`,
        // Without the whole cluster in sight, something else may make it.
        severity: severityOf(reference, sure ? 'error' : view.cluster ? 'warning' : 'note'),
        ...(meant
          ? { fix: `Did you mean "${meant}"?` }
          : names.length > 0 && {
              fix: `Add what makes it, or declare it under \`external.secrets\` in cluster.yaml; the Secrets made ${there} are ${listed(names)}.`,
            }),
      };
    }
  },
};

/** `flux bootstrap` makes the deploy key beside the GitRepository of the same name. */
function isBootstrapped({ manifest, name, namespace }: SecretReference): boolean {
  return manifest.name === name && manifest.namespace === namespace && name === 'flux-system';
}

/**
 * What opens the repository itself is there before the first sync (`flux bootstrap` and people
 * make it), and only a cluster that is described says so.
 */
function needsNoGit(by: string): boolean {
  return by === 'decryption' || by === 'sign-in of the source';
}
