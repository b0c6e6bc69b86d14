import { type ClusterIndex, indexesOf } from '../../cluster/cluster-index.ts';
import { podsMatching } from '../../cluster/selection.ts';
import { serviceReferencesOf } from '../../cluster/service-references.ts';
import { selectorOf } from '../../cluster/service-selector.ts';
import type { Workload } from '../../cluster/workloads.ts';
import { recordAt, valueAt } from '../../kubernetes/fields.ts';
import { scaleTargetOf } from '../../kubernetes/scaling.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';

export const oneColorLive: ClusterRule = {
  id: 'selectors/one-color-live',
  scope: 'cluster',
  severity: 'error',
  summary: 'Of a blue-green pair a Service selects one colour, and one that has pods.',
  why: 'A Service of both colours serves two versions at once; one of a colour without pods serves nothing.',
  fix: 'Select one colour, and scale it up before the Service is switched to it.',
  docs: 'https://kubernetes.io/docs/concepts/workloads/management/#canary-deployments',

  *check(view) {
    for (const index of indexesOf(view)) {
      const live = new Set(
        index.manifests.flatMap(serviceReferencesOf).map((one) => `${one.namespace}/${one.name}`),
      );
      for (const service of index.objects('', 'Service')) {
        const problem = judge(index, service, live.has(`${service.namespace}/${service.name}`));
        if (problem) yield problem;
      }
    }
  },
};

const colorKeys = ['color', 'colour', 'slot'];

function judge(index: ClusterIndex, service: Manifest, isLive: boolean): Problem | undefined {
  const selector = selectorOf(service);
  if (!selector || recordAt(service.data, ['spec']).clusterIP === 'None') return undefined;
  const key = colorKeys.find((one) => Object.hasOwn(selector, one));
  if (key === undefined) return bothColors(index, service, selector);
  // The idle colour may have no pods; its Service is for looking at it before the switch.
  if (!isLive) return undefined;
  const pods = podsMatching(index, { matchLabels: selector }, service.namespace);
  const isEmpty = pods.length > 0 && pods.every((one) => isScaledDown(index, one));
  if (!isEmpty) return undefined;
  return {
    manifest: service,
    path: ['spec', 'selector', key],
    message: `Service ${service.name} selects ${key} ${selector[key]}, which has no replicas`,
  };
}

function bothColors(
  index: ClusterIndex,
  service: Manifest,
  selector: Readonly<Record<string, unknown>>,
): Problem | undefined {
  const pods = podsMatching(index, { matchLabels: selector }, service.namespace);
  for (const key of colorKeys) {
    const colors = pods.flatMap(({ labels }) => (Object.hasOwn(labels, key) ? [labels[key]] : []));
    const different = [...new Set(colors)].sort();
    if (different.length < 2) continue;
    return {
      manifest: service,
      path: ['spec', 'selector'],
      message: `Service ${service.name} selects every ${key}: ${different.join(' and ')}`,
    };
  }
  return undefined;
}

/** Nothing scales what stands at zero in Git but KEDA, which brings it up by itself. */
function isScaledDown(index: ClusterIndex, { manifest, namespace }: Workload): boolean {
  if (valueAt(manifest.data, ['spec', 'replicas']) !== 0) return false;
  return !index.objects('keda.sh', 'ScaledObject').some((one) => {
    const target = scaleTargetOf(one);
    return (
      one.namespace === namespace && target?.kind === manifest.kind && target.name === manifest.name
    );
  });
}
