import type { Unit, UnitId } from '../unit.ts';
import type { Wiring } from './order-of.ts';

/** When a unit is applied among those beside it. */
export interface Stage {
  /** From 1. */
  readonly stage: number;
  readonly waitsFor: readonly UnitId[];
}

/**
 * Puts the units of each parent into rounds: by waves where Argo CD applies them, by `dependsOn`
 * where Flux does. What waits for itself counts as if it did not wait: a rule tells it.
 */
export function stagesOf(wiring: Wiring): Map<UnitId, Stage> {
  const { units, parentOf } = wiring;
  const groups = Map.groupBy(units.values(), ({ id }) => parentOf.get(id)?.unit.id ?? '');
  return new Map(
    [...groups].flatMap(([parent, group]) => {
      const isWaved = units.get(parent)?.kind === 'Application';
      return [...(isWaved ? byWave(group, wiring) : byDependency(group, wiring))];
    }),
  );
}

function byWave(group: readonly Unit[], { parentOf }: Wiring): Map<UnitId, Stage> {
  const keyOf = ({ id }: Unit): string => {
    const { phase = 1, wave = 0 } = parentOf.get(id)?.step ?? {};
    return `${phase} ${wave}`;
  };
  const rounds = [...Map.groupBy(group, keyOf)].sort(([a], [b]) => compareKeys(a, b));
  return new Map(
    rounds.flatMap(([, round], index) =>
      round.map((unit) => {
        const earlier = (rounds[index - 1]?.[1] ?? []).map(({ id }) => id);
        const own = unit.dependsOn.map(({ id }) => id).filter((id) => !earlier.includes(id));
        return [unit.id, { stage: index + 1, waitsFor: [...earlier, ...own] }] as const;
      }),
    ),
  );
}

function compareKeys(a: string, b: string): number {
  const [[phaseA = 0, waveA = 0], [phaseB = 0, waveB = 0]] = [a, b].map((key) =>
    key.split(' ').map(Number),
  ) as [number[], number[]];
  return phaseA - phaseB || waveA - waveB;
}

function byDependency(group: readonly Unit[], { units }: Wiring): Map<UnitId, Stage> {
  const done = new Map<UnitId, number>();
  const inside = new Set(group.map(({ id }) => id));
  // Each round takes at least one unit, or what is left goes round in a circle.
  for (let stage = 1, left = group; left.length > 0; stage++) {
    const next = left.filter(({ dependsOn }) =>
      dependsOn.every(({ id }) => !inside.has(id) || done.has(id)),
    );
    const taken = next.length > 0 ? next : left;
    for (const { id } of taken) done.set(id, stage);
    left = left.filter(({ id }) => !done.has(id));
  }
  return new Map(
    group.map(({ id, dependsOn }) => {
      const waitsFor = dependsOn.map((one) => one.id).filter((one) => units.has(one));
      return [id, { stage: done.get(id) ?? 1, waitsFor }];
    }),
  );
}
