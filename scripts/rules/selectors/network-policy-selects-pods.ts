import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { labelHint, shownSelector } from '../../cluster/label-hint.ts';
import { selectionOf } from '../../cluster/selection.ts';
import { valueAt } from '../../kubernetes/fields.ts';
import type { ClusterRule } from '../../model.ts';

export const networkPolicySelectsPods: ClusterRule = {
  id: 'selectors/network-policy-selects-pods',
  scope: 'cluster',
  severity: 'error',
  summary: 'A NetworkPolicy finds the pods that it is for.',
  why: 'A policy that selects nothing neither isolates nor allows: the pods stay open, or stay cut off by the default.',
  fix: 'Make `podSelector` equal to labels in the pod template of the workload it is for.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',

  *check(view) {
    const index = clusterIndexOf(view);
    for (const manifest of index.objects('networking.k8s.io', 'NetworkPolicy')) {
      const { namespace } = manifest;
      const selector = valueAt(manifest.data, ['spec', 'podSelector']);
      if (selectionOf(index, selector, namespace) !== 'none') continue;
      const near = index.workloads.filter((one) => one.namespace === namespace);
      yield {
        manifest,
        path: ['spec', 'podSelector'],
        message: `podSelector ${shownSelector(selector)} matches the pods of no workload in namespace ${namespace}`,
        ...labelHint(
          selector,
          near.map(({ labels }) => labels),
        ),
      };
    }
  },
};
