import { fieldsOf } from '../kubernetes/faults.ts';
import { valueAt } from '../kubernetes/fields.ts';
import { parseIntOrPercent } from '../kubernetes/int-or-percent.ts';
import type { Manifest } from '../model.ts';

/** How many pods a rolling update adds, and how many it takes away first. */
export interface RollingUpdate {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * What a Deployment's rolling update comes to with so many replicas; undefined when it does
 * not roll. As ResolveFenceposts of pkg/controller/deployment/util, but without its last
 * step, which takes one pod away when both come to 0.
 */
export function rollingUpdateOf({ data }: Manifest, replicas: number): RollingUpdate | undefined {
  const strategy = fieldsOf(valueAt(data, ['spec', 'strategy']));
  if (strategy.type === 'Recreate' || strategy.type === 'OnDelete') return undefined;
  const { maxSurge, maxUnavailable } = fieldsOf(strategy.rollingUpdate);
  const surge = shareOf(maxSurge ?? '25%', replicas, Math.ceil);
  const unavailable = shareOf(maxUnavailable ?? '25%', replicas, Math.floor);
  if (surge === undefined || unavailable === undefined) return undefined;
  return { surge, unavailable: Math.min(unavailable, replicas) };
}

/** A count as it stands, or a percentage of a number, rounded; undefined when it is neither. */
export function shareOf(
  value: unknown,
  of: number,
  round: (share: number) => number,
): number | undefined {
  const parsed = parseIntOrPercent(value);
  if (!parsed || parsed.value > 2 ** 31) return undefined;
  return parsed.isPercent ? round((parsed.value * of) / 100) : parsed.value;
}
