import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { endOf } from '../../cluster/network-ends.ts';
import {
  isolatingIn,
  mayHaveOthers,
  policiesOf,
  selectsAll,
} from '../../cluster/network-policies.ts';
import type { Workload } from '../../cluster/workloads.ts';
import type { ClusterRule, Problem } from '../../model.ts';
import { isDescribed } from '../../sync/environment.ts';

export const defaultDeny: ClusterRule = {
  id: 'network/default-deny',
  scope: 'cluster',
  severity: 'warning',
  summary:
    'A namespace with workloads is closed by default: a NetworkPolicy isolates all of its pods.',
  why: 'Kubernetes lets every pod of the cluster call every other one, until a policy selects it.',
  fix: 'Add a NetworkPolicy with an empty `podSelector`, both `policyTypes` and no rules, and one for each flow that is wanted.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies',

  *check(view) {
    // Who only has files applied never said that anything here is closed.
    if (view.cluster && !isDescribed(view.cluster)) return;
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    const running = index.workloads.filter(({ isBuiltIn }) => isBuiltIn);
    for (const [namespace, workloads] of Map.groupBy(running, (one) => one.namespace)) {
      if (namespace === undefined || mayHaveOthers(index, namespace)) continue;
      yield* judge(index, namespace, workloads);
    }
  },
};

function* judge(
  index: ClusterIndex,
  namespace: string,
  workloads: readonly Workload[],
): Generator<Problem> {
  const manifest = index.find('', 'Namespace', namespace) ?? workloads[0]?.manifest;
  if (!manifest) return;
  // Its name is often written elsewhere, by an overlay.
  const path = ['metadata'];
  for (const direction of ['ingress', 'egress'] as const) {
    const policies = isolatingIn(index, direction, namespace);
    if (policies.some(selectsAll)) continue;
    const isIsolated = (one: Workload) => {
      const end = endOf(index, one);
      return end !== undefined && policiesOf(index, direction, end).length > 0;
    };
    const isolated = workloads.filter(isIsolated).length;
    // `network/workloads-isolated` names those that are not.
    if (direction === 'ingress' && isolated > 0 && isolated < workloads.length) continue;
    yield {
      manifest,
      path,
      message: `no NetworkPolicy isolates all pods of namespace ${namespace} for ${direction}`,
      ...(direction === 'egress' && { severity: 'note' as const }),
    };
    // The same policy closes both.
    return;
  }
}
