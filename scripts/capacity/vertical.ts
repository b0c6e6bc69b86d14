import { items } from '../kubernetes/faults.ts';
import { textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';
import { workloadKey } from './scales.ts';

/** A VerticalPodAutoscaler. */
export interface VerticalAutoscaler {
  readonly manifest: Manifest;
  /** How it changes pods; `Auto` when it does not say. */
  readonly mode: string;
  /** Whether it changes pods that run. */
  readonly acts: boolean;
}

const acting: ReadonlySet<string> = new Set(['Auto', 'Recreate', 'InPlaceOrRecreate']);

/** The VerticalPodAutoscalers of everything among these manifests, by `workloadKey`. */
export function verticalAutoscalersOf(
  manifests: readonly Manifest[],
): Map<string, VerticalAutoscaler[]> {
  const byTarget = new Map<string, VerticalAutoscaler[]>();
  for (const manifest of manifests) {
    const { apiVersion, kind, data, namespace } = manifest;
    const name = textAt(data, ['spec', 'targetRef', 'name']);
    if (groupOf(apiVersion) !== 'autoscaling.k8s.io' || kind !== 'VerticalPodAutoscaler') continue;
    if (name === undefined) continue;
    const target = {
      group: groupOf(textAt(data, ['spec', 'targetRef', 'apiVersion']) ?? ''),
      kind: textAt(data, ['spec', 'targetRef', 'kind']) ?? '',
      name,
    };
    const mode = textAt(data, ['spec', 'updatePolicy', 'updateMode']) ?? 'Auto';
    const key = workloadKey({ ...target, namespace });
    const one = { manifest, mode, acts: acting.has(mode) };
    byTarget.set(key, [...(byTarget.get(key) ?? []), one]);
  }
  return byTarget;
}

/** Whether a VPA changes what a container requests of a resource. */
export function controls({ data }: Manifest, container: string, resource: string): boolean {
  const path = ['spec', 'resourcePolicy', 'containerPolicies'];
  const policies = items(valueAt(data, path), path).map(([policy]) => policy);
  const policy =
    policies.find(({ containerName }) => containerName === container) ??
    policies.find(({ containerName }) => containerName === '*');
  if (policy?.mode === 'Off') return false;
  const { controlledResources } = policy ?? {};
  return Array.isArray(controlledResources)
    ? controlledResources.includes(resource)
    : resource === 'cpu' || resource === 'memory';
}
