import { amountsOf } from '../../capacity/amounts.ts';
import { requirementsOf, resourcesPath } from '../../capacity/limit-ranges.ts';
import { namespacesOf } from '../../capacity/namespaces.ts';
import { resourceMetricsOf } from '../../capacity/resource-metrics.ts';
import { autoscalersOf, keyOf } from '../../capacity/scales.ts';
import { items, plain, quoted } from '../../kubernetes/faults.ts';
import { valueAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Problem } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const utilizationHasRequests: ClusterRule = {
  id: 'scaling/utilization-has-requests',
  scope: 'cluster',
  severity: 'error',
  summary: 'Containers request the resource by whose utilization their workload is scaled.',
  why: 'Utilization is a share of the request. Without one in every container that counts, the autoscaler reports FailedGetResourceMetric and never scales.',
  fix: 'Request the resource in the container, or scale by an averageValue.',
  docs: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-resource-metrics',

  *check(view) {
    for (const { landing, contents } of namespacesOf(view)) {
      const autoscalers = autoscalersOf(landing.manifests);
      for (const set of contents.pods) {
        for (const { manifest } of autoscalers.get(keyOf(set.workload)) ?? []) {
          for (const metric of resourceMetricsOf(manifest)) {
            const containers = items(set.pod.spec.containers, [...set.pod.specPath, 'containers']);
            const names = containers.map(([one]) => plain(one.name));
            const { resource, container: wanted, isUtilization, path } = metric;
            if (wanted !== undefined && !names.includes(wanted)) {
              yield { manifest, path, ...unknown(wanted, names, describe(set.workload)) };
              continue;
            }
            const ofPod = amountsOf(valueAt(set.pod.spec, ['resources', 'requests']));
            if (!isUtilization || ofPod.has(resource)) continue;
            for (const [container, at] of containers) {
              if (wanted !== undefined && container.name !== wanted) continue;
              if (requirementsOf(container, contents.limits).requests.has(resource)) continue;
              yield {
                manifest: set.workload,
                path: resourcesPath(container, at),
                message: `container ${plain(container.name)} requests no ${resource}, and ${describe(manifest)} scales by its utilization`,
              };
            }
          }
        }
      }
    }
  },
};

function unknown(
  wanted: string,
  names: readonly string[],
  workload: string,
): Pick<Problem, 'message' | 'fix'> {
  const near = nearest(wanted, names);
  return {
    message: `container ${quoted(wanted)} is none of ${workload}`,
    fix: near ? `Did you mean "${near}"?` : `Use one of ${names.join(', ')}.`,
  };
}
