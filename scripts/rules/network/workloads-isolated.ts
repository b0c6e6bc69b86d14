import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { endOf } from '../../cluster/network-ends.ts';
import { mayHaveOthers, policiesOf } from '../../cluster/network-policies.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule } from '../../model.ts';

export const workloadsIsolated: ClusterRule = {
  id: 'network/workloads-isolated',
  scope: 'cluster',
  severity: 'warning',
  summary: 'Where NetworkPolicies isolate some workloads of a namespace, they isolate each.',
  why: 'Pods that no policy selects let in everything, and those who wrote the policies of the others think of the namespace as closed.',
  fix: 'Select its pods in a NetworkPolicy, or close the namespace by one with an empty `podSelector`.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    const running = index.workloads.filter(({ isBuiltIn }) => isBuiltIn);
    for (const [namespace, workloads] of Map.groupBy(running, (one) => one.namespace)) {
      if (namespace === undefined || mayHaveOthers(index, namespace)) continue;
      const open = workloads.filter((one) => {
        const end = endOf(index, one);
        return end && !end.isOnHost && policiesOf(index, 'ingress', end).length === 0;
      });
      if (open.length === workloads.length) continue;
      for (const { manifest, specPath } of open) {
        yield {
          manifest,
          path: [...specPath.slice(0, -1), 'metadata', 'labels'],
          message: `no NetworkPolicy isolates ${describe(manifest)} for ingress, as others do the rest of the namespace`,
        };
      }
    }
  },
};
