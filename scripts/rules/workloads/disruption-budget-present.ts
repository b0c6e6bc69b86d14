import { namespacesOf } from '../../capacity/namespaces.ts';
import { scaleOf } from '../../capacity/scales.ts';
import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { isRecord, valueAt } from '../../kubernetes/fields.ts';
import { mismatchOf } from '../../kubernetes/label-selectors.ts';
import { describe } from '../../kubernetes/manifests.ts';
import { podLabelsOf } from '../../kubernetes/workloads.ts';
import type { ClusterRule, Manifest } from '../../model.ts';

export const disruptionBudgetPresent: ClusterRule = {
  id: 'workloads/disruption-budget-present',
  scope: 'cluster',
  severity: 'warning',
  summary: 'A workload that always has several pods has a PodDisruptionBudget.',
  why: 'Without one, draining nodes for an upgrade may evict all of its pods at the same time.',
  fix: 'Add a PodDisruptionBudget with `maxUnavailable: 1` that selects its pods.',
  docs: 'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    for (const { landing, namespace, contents } of namespacesOf(view)) {
      if (namespace === undefined || index.elsewhere.isOpen(namespace)) continue;
      const budgets = contents.manifests.filter(({ kind }) => kind === 'PodDisruptionBudget');
      for (const manifest of contents.manifests) {
        if (!isReplicated(manifest) || scaleOf(manifest, landing.manifests).min < 2) continue;
        if (budgets.some((budget) => covers(budget, manifest))) continue;
        yield {
          manifest,
          path: ['metadata', 'name'],
          message: `${describe(manifest)} has at least two pods, and no PodDisruptionBudget selects them`,
        };
      }
    }
  },
};

function isReplicated({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === 'apps/v1' && (kind === 'Deployment' || kind === 'StatefulSet');
}

function covers({ data }: Manifest, workload: Manifest): boolean {
  const selector = valueAt(data, ['spec', 'selector']);
  return isRecord(selector) && mismatchOf(selector, podLabelsOf(workload) ?? {}) === undefined;
}
