import { type Limit, requirementsOf, resourcesPath } from '../../capacity/limit-ranges.ts';
import { namespacesOf } from '../../capacity/namespaces.ts';
import { demanded, type QuotaUse } from '../../capacity/quotas.ts';
import { type Fields, items, listed, plain } from '../../kubernetes/faults.ts';
import type { ClusterRule } from '../../model.ts';

/** Enforces Constraints of pkg/quota/v1/evaluator/core/pods.go of kubernetes/kubernetes. */
export const requestsSetUnderQuota: ClusterRule = {
  id: 'capacity/requests-set-under-quota',
  scope: 'cluster',
  severity: 'error',
  summary: 'Every container says the amounts that a ResourceQuota of its namespace limits.',
  why: 'The API server refuses a pod with a container that does not: "must specify limits.cpu".',
  fix: 'Set the amounts in the container, or give defaults in a LimitRange of the namespace.',
  docs: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#compute-resource-quota',

  *check(view) {
    for (const { contents, quotas } of namespacesOf(view)) {
      for (const pods of contents.pods) {
        const { workload, pod } = pods;
        // Amounts of the whole pod stand in for those of its containers.
        if (pod.spec.resources) continue;
        const counting = quotas.filter(({ matches }) => matches(pods));
        for (const field of ['initContainers', 'containers']) {
          for (const [container, at] of items(pod.spec[field], [...pod.specPath, field])) {
            const message = missing(container, contents.limits, counting);
            if (message) yield { manifest: workload, path: resourcesPath(container, at), message };
          }
        }
      }
    }
  },
};

function missing(
  container: Fields,
  limits: readonly Limit[],
  quotas: readonly QuotaUse[],
): string | undefined {
  const { requests, limits: capped } = requirementsOf(container, limits);
  const isMissing = (name: string) => {
    const [field, resource] = name.includes('.') ? name.split('.') : ['requests', name];
    return !(field === 'limits' ? capped : requests).has(resource ?? '');
  };
  for (const { quota, lines } of quotas) {
    const names = lines
      .map(({ name }) => name)
      .filter((name) => demanded.includes(name) && isMissing(name))
      .sort();
    if (names.length === 0) continue;
    return `container ${plain(container.name)} says no ${listed(names)}, which ResourceQuota ${quota.name} demands`;
  }
  return undefined;
}
