import type { FieldPath } from '../model.ts';
import type { ClusterSync } from './sync-graph.ts';
import type { Unit, UnitId } from './unit.ts';

/** That one unit is not ready before another one is. */
export interface Waiting {
  readonly on: UnitId;
  /** Where the unit says so. */
  readonly at: FieldPath;
}

/** Whom each Flux unit of a cluster waits for: what it depends on, and what it applies and checks. */
export function waitingIn({ units }: ClusterSync): Map<UnitId, Waiting[]> {
  const known = new Map(units.map((unit) => [unit.id, unit]));
  const waiting = new Map<UnitId, Waiting[]>();
  for (const unit of units) {
    if (unit.engine !== 'flux') continue;
    const own = unit.dependsOn.map(({ id, at }): Waiting => ({ on: id, at: [...at, 'name'] }));
    waiting.set(unit.id, [...own, ...(waiting.get(unit.id) ?? [])]);
    for (const parent of unit.parents.flatMap((id) => known.get(id) ?? [])) {
      const at = checks(parent, unit);
      if (at) waiting.set(parent.id, [...(waiting.get(parent.id) ?? []), { on: unit.id, at }]);
    }
  }
  return waiting;
}

function checks({ engine, gates }: Unit, child: Unit): FieldPath | undefined {
  if (engine !== 'flux') return undefined;
  // With `wait`, health checks are ignored.
  if (gates.wait) return ['spec', 'wait'];
  return gates.healthChecks.find(
    ({ kind, name, namespace }) =>
      kind === child.kind &&
      name === child.name &&
      (namespace ?? child.namespace) === child.namespace,
  )?.at;
}

/**
 * Groups of units that wait for each other, each in the order of a cycle through it. Iterative,
 * since a repository decides how deep it goes.
 */
export function cyclesIn(waiting: ReadonlyMap<UnitId, readonly Waiting[]>): UnitId[][] {
  const cycles: UnitId[][] = [];
  const done = new Set<UnitId>();
  for (const start of waiting.keys()) {
    const path: UnitId[] = [];
    const stack: { readonly id: UnitId; next: number }[] = done.has(start)
      ? []
      : [{ id: start, next: 0 }];
    if (stack.length > 0) path.push(start);
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (!top) break;
      const edge = waiting.get(top.id)?.[top.next++];
      if (!edge) {
        done.add(top.id);
        stack.pop();
        path.pop();
      } else if (path.includes(edge.on)) {
        cycles.push(path.slice(path.indexOf(edge.on)));
      } else if (!done.has(edge.on)) {
        stack.push({ id: edge.on, next: 0 });
        path.push(edge.on);
      }
    }
  }
  return cycles;
}
