import { isRecord, recordAt, valueAt } from '../../kubernetes/fields.ts';
import { matchesLabels, podLabelsOf } from '../../kubernetes/workloads.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const serviceSelectsPods: ClusterRule = {
  id: 'selectors/service-selects-pods',
  scope: 'cluster',
  severity: 'error',
  summary: 'A Service with a selector finds pods in its namespace.',
  why: 'A Service without endpoints answers nothing, and neither engine calls that unhealthy.',
  fix: 'Make the selector equal to labels in the pod template of the workload it is for.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes',

  *check({ rendered }) {
    // What could not be rendered may have had the pods.
    if (rendered.some(({ failures }) => failures.length > 0)) return;
    const manifests = rendered.flatMap((one) => one.manifests);
    const pods = manifests.flatMap((workload): Pods[] => {
      const labels = podLabelsOf(workload);
      return labels ? [{ workload, labels }] : [];
    });
    for (const service of manifests) {
      const selector = selectorOf(service);
      if (!selector) continue;
      const near = pods.filter(({ workload }) => workload.namespace === service.namespace);
      if (near.some(({ labels }) => matchesLabels(selector, labels))) continue;
      // Pods may be made by something that is no workload of Kubernetes' own.
      if (near.length === 0 || hasOtherPodMakers(manifests, service)) continue;
      yield {
        manifest: service,
        path: ['spec', 'selector'],
        message: `selector ${shown(selector)} matches the pods of no workload in ${service.namespace ? `namespace ${service.namespace}` : 'its namespace'}`,
        ...hint(selector, near),
      };
    }
  },
};

interface Pods {
  readonly workload: Manifest;
  readonly labels: Readonly<Record<string, unknown>>;
}

function selectorOf({ apiVersion, kind, data }: Manifest) {
  if (apiVersion !== 'v1' || kind !== 'Service') return undefined;
  if (valueAt(data, ['spec', 'type']) === 'ExternalName') return undefined;
  const selector = recordAt(data, ['spec', 'selector']);
  return Object.keys(selector).length > 0 ? selector : undefined;
}

/** A custom resource with a pod template, such as a Rollout or an operator's cluster. */
function hasOtherPodMakers(manifests: readonly Manifest[], { namespace }: Manifest): boolean {
  return manifests.some(
    (one) =>
      one.namespace === namespace &&
      podLabelsOf(one) === undefined &&
      isRecord(valueAt(one.data, ['spec', 'template', 'spec'])),
  );
}

function shown(selector: Readonly<Record<string, unknown>>): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/** The label that the selector probably meant. */
function hint(
  selector: Readonly<Record<string, unknown>>,
  pods: readonly Pods[],
): { fix?: string } {
  for (const [key, value] of Object.entries(selector)) {
    const values = pods.flatMap(({ labels }) =>
      Object.hasOwn(labels, key) ? [String(labels[key])] : [],
    );
    if (values.includes(String(value))) continue;
    const near = nearest(String(value), values);
    if (near) return { fix: `Did you mean ${key}=${near}?` };
    const keys = pods.flatMap(({ labels }) => Object.keys(labels));
    const nearKey = values.length === 0 ? nearest(key, keys) : undefined;
    if (nearKey) return { fix: `Did you mean the label ${nearKey}?` };
    const known = [...new Set(values)].sort().join(', ');
    if (known) return { fix: `The pods there have ${key}=${known}.` };
  }
  return {};
}
