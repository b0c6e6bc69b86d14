import { configMapReferencesOf } from '../../cluster/config-map-references.ts';
import { missingOf } from '../../cluster/missing.ts';
import type { ClusterRule } from '../../model.ts';

export const configMapExists: ClusterRule = {
  id: 'references/config-map-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'Every ConfigMap that something reads lands in the same cluster and namespace.',
  why: 'A container whose ConfigMap is missing does not start, and the rollout waits for ever.',
  fix: 'Correct the name, or add the ConfigMap or its generator to what is synced.',
  docs: 'https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps',

  *check(view) {
    const manifests = view.rendered.flatMap((one) => one.manifests);
    const references = manifests.flatMap((one) => configMapReferencesOf(one));
    yield* missingOf(
      view,
      references.map(({ manifest, by, name, path, optional }) => ({
        ...{ manifest, by, name, path, optional },
        ...{ group: '', kind: 'ConfigMap', namespace: manifest.namespace },
      })),
    );
  },
};
