import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { labelHint, shownSelector } from '../../cluster/label-hint.ts';
import { namespacesIn, podsOf, servicesOf } from '../../cluster/monitored.ts';
import { selectionOf } from '../../cluster/selection.ts';
import { recordAt, valueAt } from '../../kubernetes/fields.ts';
import { isEmptySelector } from '../../kubernetes/label-selectors.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';

export const monitorSelectsSomething: ClusterRule = {
  id: 'selectors/monitor-selects-something',
  scope: 'cluster',
  severity: 'error',
  summary: 'A ServiceMonitor finds Services and a PodMonitor finds pods.',
  why: 'A monitor that selects nothing scrapes nothing, and alerts on metrics that are absent stay silent.',
  fix: 'Make the selector equal to labels of the Service itself (ServiceMonitor) or of the pods (PodMonitor).',
  docs: 'https://prometheus-operator.dev/docs/developer/getting-started/#using-servicemonitors',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    for (const manifest of index.manifests) {
      if (groupOf(manifest.apiVersion) !== 'monitoring.coreos.com') continue;
      if (manifest.kind === 'ServiceMonitor') yield* judgeServices(manifest, index);
      if (manifest.kind === 'PodMonitor') yield* judgePods(manifest, index);
    }
  },
};

function* judgeServices(manifest: Manifest, index: ClusterIndex): Generator<Problem> {
  const names = namespacesIn(manifest);
  const selector = valueAt(manifest.data, ['spec', 'selector']);
  if (isEmptySelector(selector) || servicesOf(manifest, index).length > 0) return;
  if (!names || names.some((one) => index.elsewhere.mayHavePods(one))) return;
  const near = index.objects('', 'Service').filter((one) => names.includes(one.namespace));
  yield problem(manifest, 'Service', names, {
    ...labelHint(
      selector,
      near.map(({ data }) => recordAt(data, ['metadata', 'labels'])),
    ),
  });
}

function* judgePods(manifest: Manifest, index: ClusterIndex): Generator<Problem> {
  const names = namespacesIn(manifest);
  const selector = valueAt(manifest.data, ['spec', 'selector']);
  if (!names || podsOf(manifest, index).length > 0) return;
  if (names.some((one) => selectionOf(index, selector, one) !== 'none')) return;
  const near = index.workloads.filter((one) => names.includes(one.namespace));
  yield problem(manifest, 'pods', names, {
    ...labelHint(
      selector,
      near.map(({ labels }) => labels),
    ),
  });
}

function problem(
  manifest: Manifest,
  what: string,
  names: readonly (string | undefined)[],
  hint: { fix?: string },
): Problem {
  const selector = shownSelector(valueAt(manifest.data, ['spec', 'selector']));
  const where = `namespace${names.length > 1 ? 's' : ''} ${names.join(', ')}`;
  const message = `selector ${selector} matches no ${what} in ${where}`;
  return { manifest, path: ['spec', 'selector'], message, ...hint };
}
