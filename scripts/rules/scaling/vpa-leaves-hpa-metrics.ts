import { landingsOf } from '../../capacity/landings.ts';
import { type ResourceMetric, resourceMetricsOf } from '../../capacity/resource-metrics.ts';
import { autoscalersOf, keyOf } from '../../capacity/scales.ts';
import { controls, verticalAutoscalersOf } from '../../capacity/vertical.ts';
import { items, plain } from '../../kubernetes/faults.ts';
import { describe } from '../../kubernetes/manifests.ts';
import { podTemplateOf } from '../../kubernetes/pod-templates.ts';
import type { ClusterRule, Manifest } from '../../model.ts';

export const vpaLeavesHpaMetrics: ClusterRule = {
  id: 'scaling/vpa-leaves-hpa-metrics',
  scope: 'cluster',
  severity: 'error',
  summary:
    'A VPA that changes pods leaves alone the resource that a horizontal autoscaler scales by.',
  why: 'The VPA changes the requests that utilization is measured by: the two answer each other and never come to rest.',
  fix: 'Set `updateMode: "Off"` to have recommendations only, or take the resource out of `controlledResources`.',
  docs: 'https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md',

  *check(view) {
    for (const { manifests } of landingsOf(view)) {
      const vertical = verticalAutoscalersOf(manifests);
      if (vertical.size === 0) continue;
      const byKey = new Map(manifests.map((one) => [keyOf(one), one]));
      for (const [key, autoscalers] of autoscalersOf(manifests)) {
        const acting = (vertical.get(key) ?? []).filter(({ acts }) => acts);
        for (const { manifest } of autoscalers) {
          for (const metric of resourceMetricsOf(manifest)) {
            const vpa = acting.find((one) => changes(one.manifest, metric, byKey.get(key)));
            if (!vpa) continue;
            const message = `scales by ${metric.resource}, which ${describe(vpa.manifest)} changes in its mode ${vpa.mode}`;
            yield { manifest, path: metric.path, message };
          }
        }
      }
    }
  },
};

function changes(
  vpa: Manifest,
  { resource, container }: ResourceMetric,
  workload: Manifest | undefined,
): boolean {
  if (container !== undefined) return controls(vpa, container, resource);
  const pod = workload && podTemplateOf(workload);
  if (!pod) return false;
  return items(pod.spec.containers, []).some(([one]) => controls(vpa, plain(one.name), resource));
}
