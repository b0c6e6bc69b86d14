import { asCount } from '../../capacity/scales.ts';
import type { Fault } from '../../kubernetes/faults.ts';
import { items, quoted } from '../../kubernetes/faults.ts';
import { recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { told } from '../../kubernetes/told.ts';
import type { Manifest, ManifestRule } from '../../model.ts';

/**
 * Enforces CheckReplicaCountBoundsAreValid of kedacore/keda and the admission of the
 * VerticalPodAutoscaler; those of an HPA are the API server's own, in schema/scaling-valid.
 */
export const boundsOrdered: ManifestRule = {
  id: 'scaling/bounds-ordered',
  scope: 'manifest',
  severity: 'error',
  summary:
    'The bounds of a ScaledObject and of a VPA are in order, and a cron trigger stays within them.',
  why: 'The admission webhooks of KEDA and the VPA refuse such bounds, and what is above the maximum is never reached.',
  fix: 'Order them as idle, minimum, maximum.',
  docs: 'https://keda.sh/docs/latest/reference/scaledobject-spec/',

  *check(manifest) {
    const group = groupOf(manifest.apiVersion);
    if (group === 'keda.sh' && manifest.kind === 'ScaledObject') {
      yield* told(manifest, scaledObjectFaults(manifest));
    }
    if (group === 'autoscaling.k8s.io' && manifest.kind === 'VerticalPodAutoscaler') {
      yield* told(manifest, verticalFaults(manifest));
    }
  },
};

function* scaledObjectFaults({ data }: Manifest): Generator<Fault> {
  const { idleReplicaCount, minReplicaCount, maxReplicaCount } = recordAt(data, ['spec']);
  const idle = asCount(idleReplicaCount);
  const min = asCount(minReplicaCount) ?? 0;
  const max = asCount(maxReplicaCount) ?? 100;
  const most = `maxReplicaCount ${max}${asCount(maxReplicaCount) === undefined ? ', the default' : ''}`;
  if (min > max) {
    yield { path: ['spec', 'minReplicaCount'], message: `minReplicaCount ${min} is above ${most}` };
  }
  if (idle !== undefined && idle >= min) {
    const message = `idleReplicaCount ${idle} is not below minReplicaCount ${min}`;
    yield { path: ['spec', 'idleReplicaCount'], message };
  }
  for (const [trigger, at] of items(valueAt(data, ['spec', 'triggers']), ['spec', 'triggers'])) {
    const wanted = textAt(trigger, ['metadata', 'desiredReplicas']);
    if (trigger.type !== 'cron' || wanted === undefined || !(Number(wanted) > max)) continue;
    const path = [...at, 'metadata', 'desiredReplicas'];
    const fix = 'Raise maxReplicaCount, or want fewer.';
    yield {
      path,
      message: `desiredReplicas ${quoted(wanted)} is above ${most}`,
      fix,
      severity: 'warning',
    };
  }
}

function* verticalFaults({ data }: Manifest): Generator<Fault> {
  const path = ['spec', 'resourcePolicy', 'containerPolicies'];
  for (const [policy, at] of items(valueAt(data, path), path)) {
    const least = recordAt(policy, ['minAllowed']);
    const most = recordAt(policy, ['maxAllowed']);
    for (const [name, value] of Object.entries(least)) {
      const [min, max] = [parseQuantity(value), parseQuantity(valueAt(most, [name]))];
      if (min === undefined || max === undefined || min <= max) continue;
      const message = `minAllowed ${name} ${quoted(value)} is above maxAllowed ${quoted(most[name])}`;
      yield {
        path: [...at, 'minAllowed', name],
        message,
        fix: 'Lower minAllowed or raise maxAllowed.',
      };
    }
  }
}
