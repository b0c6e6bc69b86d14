import { landingsOf } from '../../capacity/landings.ts';
import { autoscalersOf } from '../../capacity/scales.ts';
import { verticalAutoscalersOf } from '../../capacity/vertical.ts';
import { textAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';

export const oneAutoscaler: ClusterRule = {
  id: 'scaling/one-autoscaler',
  scope: 'cluster',
  severity: 'error',
  summary:
    'A workload is scaled by one HorizontalPodAutoscaler or ScaledObject, and sized by one VPA.',
  why: 'Each of two autoscalers undoes what the other did: replicas jump up and down, and the HPA says AmbiguousSelector or nothing at all.',
  fix: 'Keep one of them; an HPA and a ScaledObject can have several metrics and triggers.',
  docs: 'https://keda.sh/docs/latest/concepts/scaling-deployments/',

  *check(view) {
    for (const { manifests } of landingsOf(view)) {
      for (const autoscalers of autoscalersOf(manifests).values()) {
        const own = autoscalers.map(({ manifest }) => manifest);
        yield* others(
          own.filter((one) => !isTakenOver(one, own)),
          'scales',
        );
      }
      for (const sizers of verticalAutoscalersOf(manifests).values()) {
        // What only recommends hurts nobody.
        if (!sizers.some(({ acts }) => acts)) continue;
        yield* others(
          sizers.map(({ manifest }) => manifest),
          'sizes',
        );
      }
    }
  },
};

function* others([first, ...more]: readonly Manifest[], does: string): Generator<Problem> {
  for (const manifest of more) {
    const ref = manifest.kind === 'VerticalPodAutoscaler' ? 'targetRef' : 'scaleTargetRef';
    const path = ['spec', ref, 'name'];
    const { kind = 'Deployment', name } = targetOf(manifest, ref);
    if (!first) return;
    yield { manifest, path, message: `${describe(first)} already ${does} ${kind} ${name}` };
  }
}

function targetOf({ data }: Manifest, ref: string) {
  return { kind: textAt(data, ['spec', ref, 'kind']), name: textAt(data, ['spec', ref, 'name']) };
}

const transfer = ['metadata', 'annotations', 'scaledobject.keda.sh/transfer-hpa-ownership'];

/** Whether a ScaledObject says that it takes over this HPA. */
function isTakenOver({ kind, name }: Manifest, autoscalers: readonly Manifest[]): boolean {
  return (
    kind === 'HorizontalPodAutoscaler' &&
    autoscalers.some(
      ({ data }) =>
        textAt(data, transfer) === 'true' &&
        textAt(data, ['spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name']) === name,
    )
  );
}
