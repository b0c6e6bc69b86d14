import type { CountedPods } from '../../capacity/contents.ts';
import { namespacesOf } from '../../capacity/namespaces.ts';
import { shareOf } from '../../capacity/rolling.ts';
import { labelIndexOf } from '../../cluster/label-index.ts';
import { isBlank, quoted } from '../../kubernetes/faults.ts';
import { isRecord, recordAt, valueAt } from '../../kubernetes/fields.ts';
import { mismatchOf } from '../../kubernetes/label-selectors.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';
import { counted } from '../../shared/text.ts';

/** Computes as getExpectedPodCount of pkg/controller/disruption of kubernetes/kubernetes. */
export const budgetAllowsEviction: ClusterRule = {
  id: 'scaling/budget-allows-eviction',
  scope: 'cluster',
  severity: 'error',
  summary: 'A PodDisruptionBudget lets at least one pod go, also at the minimum of an autoscaler.',
  why: 'A node with such a pod can never be drained: upgrades of the cluster stop there until somebody deletes the pod by hand.',
  fix: 'Use `maxUnavailable: 1`, or keep more replicas than the budget wants.',
  docs: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',

  *check(view) {
    for (const { contents } of namespacesOf(view)) {
      const budgets = contents.manifests.filter(
        ({ apiVersion, kind }) => apiVersion === 'policy/v1' && kind === 'PodDisruptionBudget',
      );
      if (budgets.length === 0) continue;
      const podsFor = labelIndexOf(contents.pods, labelsOf);
      for (const budget of budgets) {
        const problem = problemOf(budget, podsFor(valueAt(budget.data, ['spec', 'selector'])));
        if (problem) yield problem;
      }
    }
  },
};

const scaled: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
]);

function labelsOf({ pod }: CountedPods): Readonly<Record<string, unknown>> {
  return recordAt(pod.metadata, ['labels']);
}

function problemOf(budget: Manifest, pods: readonly CountedPods[]): Problem | undefined {
  const selector = valueAt(budget.data, ['spec', 'selector']);
  if (!isRecord(selector)) return undefined;
  const selected = pods.filter((one) => mismatchOf(selector, labelsOf(one)) === undefined);
  // Pods of Jobs have no scale that the budget could be measured by.
  const isMeasured = (one: CountedPods) => scaled.has(one.workload.kind) && one.isCounted;
  if (selected.length === 0 || !selected.every(isMeasured)) return undefined;
  const total = (count: (one: CountedPods) => number) =>
    selected.reduce((sum, one) => sum + count(one), 0);
  const [least, most] = [total(({ min }) => min), total(({ max }) => max)];
  const field = isBlank(valueAt(budget.data, ['spec', 'maxUnavailable']))
    ? 'minAvailable'
    : 'maxUnavailable';
  const value = valueAt(budget.data, ['spec', field]);
  const allowed = (expected: number) => allowedOf(field, value, expected);
  const names = selected.map(({ workload }) => describe(workload)).join(', ');
  const common = { manifest: budget, path: ['spec', field] };
  const said = `${field} ${quoted(value)} lets no pod of ${names} be evicted`;
  if (most > 0 && allowed(most) === 0) {
    return { ...common, message: `${said}, ever`, fix: fixOf(most) };
  }
  if (least === 0 || least === most || allowed(least) !== 0) return undefined;
  return {
    ...common,
    message: `${said} at minimum scale`,
    fix: fixOf(least),
    severity: 'warning',
  };
}

/** The number is no part of the message: one slip shows in environments of several sizes. */
function fixOf(pods: number): string {
  return `There ${pods === 1 ? 'is' : 'are'} ${counted(pods, 'pod')} then. Use \`maxUnavailable: 1\`, or keep more replicas than the budget wants.`;
}

/** How many healthy pods of so many may go; both kinds of percentages are rounded up. */
function allowedOf(field: string, value: unknown, expected: number): number | undefined {
  const amount = shareOf(value, expected, Math.ceil);
  if (amount === undefined) return undefined;
  return Math.max(0, field === 'maxUnavailable' ? Math.min(amount, expected) : expected - amount);
}
