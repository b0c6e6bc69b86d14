import { textAt } from '../../kubernetes/fields.ts';
import type { ManifestRule } from '../../model.ts';

export const unhealthyPodsEvictable: ManifestRule = {
  id: 'workloads/unhealthy-pods-evictable',
  scope: 'manifest',
  severity: 'note',
  summary: 'A PodDisruptionBudget does not protect pods that are not ready anyway.',
  why: 'By default a pod that crashes again and again counts as one that must stay once the budget is used up, and the drain of its node waits for somebody to mend it.',
  fix: 'Set `unhealthyPodEvictionPolicy: AlwaysAllow`.',
  docs: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy',

  *check(manifest) {
    if (manifest.apiVersion !== 'policy/v1' || manifest.kind !== 'PodDisruptionBudget') return;
    // Whoever writes the default out wants it: a store may need its pod to come back first.
    if (textAt(manifest.data, ['spec', 'unhealthyPodEvictionPolicy']) !== undefined) return;
    yield {
      manifest,
      path: ['spec'],
      message:
        'unhealthyPodEvictionPolicy is not set, and the default keeps pods that are not ready',
    };
  },
};
