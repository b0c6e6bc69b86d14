import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { labelHint, shownSelector } from '../../cluster/label-hint.ts';
import { podsMatching, withoutGenerated } from '../../cluster/selection.ts';
import { selectorOf } from '../../cluster/service-selector.ts';
import { isRecord, valueAt } from '../../kubernetes/fields.ts';
import { podLabelsOf } from '../../kubernetes/workloads.ts';
import type { ClusterRule } from '../../model.ts';

export const serviceSelectsPods: ClusterRule = {
  id: 'selectors/service-selects-pods',
  scope: 'cluster',
  severity: 'error',
  summary: 'A Service with a selector finds pods in its namespace.',
  why: 'A Service without endpoints answers nothing, and neither engine calls that unhealthy.',
  fix: 'Make the selector equal to labels in the pod template of the workload it is for.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes',

  *check(view) {
    // What could not be rendered may have had the pods.
    if (view.rendered.some(({ failures }) => failures.length > 0)) return;
    const index = clusterIndexOf(view);
    const byNamespace = Map.groupBy(index.workloads, ({ namespace }) => namespace);
    const elsewhere = otherPodMakers(index);
    for (const service of index.objects('', 'Service')) {
      const labels = selectorOf(service);
      const { namespace } = service;
      const near = byNamespace.get(namespace) ?? [];
      // Pods may be made by something that is no workload of Kubernetes' own.
      if (!labels || near.length === 0 || elsewhere.has(namespace)) continue;
      const selector = { matchLabels: labels };
      const asked = withoutGenerated(selector);
      if (!asked || podsMatching(index, asked, namespace).length > 0) continue;
      yield {
        manifest: service,
        path: ['spec', 'selector'],
        message: `selector ${shownSelector(selector)} matches the pods of no workload in ${namespace ? `namespace ${namespace}` : 'its namespace'}`,
        ...labelHint(
          selector,
          near.map(({ labels }) => labels),
        ),
      };
    }
  },
};

/** Namespaces with a chart, or a custom resource that has a pod template. */
function otherPodMakers({ manifests, charts }: ClusterIndex): ReadonlySet<string | undefined> {
  const makers = manifests.filter(
    (one) =>
      podLabelsOf(one) === undefined && isRecord(valueAt(one.data, ['spec', 'template', 'spec'])),
  );
  return new Set([...makers, ...charts].map(({ namespace }) => namespace));
}
