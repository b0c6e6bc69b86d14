import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { labelHint, shownSelector } from '../../cluster/label-hint.ts';
import { selectionOf } from '../../cluster/selection.ts';
import { isRecord, valueAt } from '../../kubernetes/fields.ts';
import type { ClusterRule } from '../../model.ts';

export const disruptionBudgetSelectsPods: ClusterRule = {
  id: 'selectors/disruption-budget-selects-pods',
  scope: 'cluster',
  severity: 'error',
  summary: 'A PodDisruptionBudget finds pods in its namespace.',
  why: 'A budget that selects nothing protects nothing: a drained node takes all pods at once.',
  fix: 'Make the selector equal to labels in the pod template of the workload it is for.',
  docs: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',

  *check(view) {
    const index = clusterIndexOf(view);
    for (const manifest of index.objects('policy', 'PodDisruptionBudget')) {
      const selector = valueAt(manifest.data, ['spec', 'selector']);
      if (!isRecord(selector)) continue;
      const { namespace } = manifest;
      if (selectionOf(index, selector, namespace) !== 'none') continue;
      const near = index.workloads.filter((one) => one.namespace === namespace);
      yield {
        manifest,
        path: ['spec', 'selector'],
        message: `selector ${shownSelector(selector)} matches the pods of no workload in namespace ${namespace}`,
        ...labelHint(
          selector,
          near.map(({ labels }) => labels),
        ),
      };
    }
  },
};
