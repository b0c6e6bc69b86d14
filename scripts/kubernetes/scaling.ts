import type { FieldPath, Manifest } from '../model.ts';
import { textAt } from './fields.ts';
import { groupOf } from './manifests.ts';

/** What an autoscaler sets the replicas of. */
export interface ScaleTarget {
  readonly kind: string;
  readonly name: string;
  readonly group: string;
  /** Where the autoscaler names it. */
  readonly path: FieldPath;
}

/** The workload that a HorizontalPodAutoscaler or KEDA ScaledObject scales; undefined for other kinds. */
export function scaleTargetOf({ apiVersion, kind, data }: Manifest): ScaleTarget | undefined {
  const group = groupOf(apiVersion);
  const isHpa = group === 'autoscaling' && kind === 'HorizontalPodAutoscaler';
  const isScaledObject = group === 'keda.sh' && kind === 'ScaledObject';
  const path = ['spec', 'scaleTargetRef'];
  const name = textAt(data, [...path, 'name']);
  if (!(isHpa || isScaledObject) || name === undefined) return undefined;
  const version = textAt(data, [...path, 'apiVersion']) ?? 'apps/v1';
  return {
    // KEDA scales a Deployment unless told otherwise.
    kind: textAt(data, [...path, 'kind']) ?? 'Deployment',
    group: groupOf(version),
    name,
    path,
  };
}
