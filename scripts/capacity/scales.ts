import { textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import { scaleTargetOf } from '../kubernetes/scaling.ts';
import type { Manifest } from '../model.ts';

/** How many replicas something may have. */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

/** An HPA or a KEDA ScaledObject. */
export interface Autoscaler extends Scale {
  readonly manifest: Manifest;
}

const found = new WeakMap<readonly Manifest[], Map<string, Autoscaler[]>>();

/** The autoscalers of everything among these manifests that is scaled, by `workloadKey`. */
export function autoscalersOf(manifests: readonly Manifest[]): Map<string, Autoscaler[]> {
  const known = found.get(manifests);
  if (known) return known;
  const byTarget = new Map<string, Autoscaler[]>();
  for (const manifest of manifests) {
    const target = scaleTargetOf(manifest);
    if (!target) continue;
    const key = workloadKey({ ...target, namespace: manifest.namespace });
    byTarget.set(key, [...(byTarget.get(key) ?? []), { manifest, ...boundsOf(manifest) }]);
  }
  found.set(manifests, byTarget);
  return byTarget;
}

/** What a workload is found by. */
export function workloadKey(one: {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}): string {
  return JSON.stringify([one.group, one.kind, one.namespace ?? '', one.name]);
}

/** As `workloadKey`, of a manifest. */
export function keyOf({ apiVersion, kind, namespace, name }: Manifest): string {
  return workloadKey({ group: groupOf(apiVersion), kind, namespace, name });
}

/** The bounds of an HPA, or of the one that KEDA makes, with their defaults. */
function boundsOf({ kind, data }: Manifest): Scale {
  if (kind === 'HorizontalPodAutoscaler') {
    const min = countAt(data, 'minReplicas') ?? 1;
    return { min, max: Math.max(min, countAt(data, 'maxReplicas') ?? min) };
  }
  const paused = textAt(data, ['metadata', 'annotations', 'autoscaling.keda.sh/paused-replicas']);
  if (paused && /^\d{1,9}$/.test(paused)) return { min: Number(paused), max: Number(paused) };
  const least = countAt(data, 'minReplicaCount') ?? 0;
  const max = Math.max(least, countAt(data, 'maxReplicaCount') ?? 100);
  return { min: Math.min(least, countAt(data, 'idleReplicaCount') ?? least), max };
}

/** How many pods a Deployment, StatefulSet or ReplicaSet may have among these manifests. */
export function scaleOf(workload: Manifest, manifests: readonly Manifest[]): Scale {
  const replicas = countAt(workload.data, 'replicas');
  const autoscalers = autoscalersOf(manifests).get(keyOf(workload)) ?? [];
  // An HPA leaves a workload alone whose replicas are 0; KEDA does not.
  const acting = autoscalers.filter(
    ({ manifest }) => replicas !== 0 || manifest.kind !== 'HorizontalPodAutoscaler',
  );
  if (acting.length === 0) return { min: replicas ?? 1, max: replicas ?? 1 };
  return {
    min: Math.min(...acting.map(({ min }) => min)),
    max: Math.max(...acting.map(({ max }) => max)),
  };
}

/** A count below `spec`; what cannot be one is for the schema to tell. */
export function countAt(data: unknown, field: string): number | undefined {
  const value = valueAt(data, ['spec', field]);
  return asCount(value);
}

/** A whole number from 0 on that the API server could store. */
export function asCount(value: unknown): number | undefined {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 0;
  return isCount && value < 2 ** 31 ? value : undefined;
}
