import type { Unit, UnitId } from '../unit.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import type { Moment, Order, Step } from './plan.ts';
import { compareSteps } from './step-of.ts';

/** What the order of a plan follows from. */
export interface Wiring {
  readonly units: ReadonlyMap<UnitId, Unit>;
  /** The unit that applies the object of a unit, and at which step. */
  readonly parentOf: ReadonlyMap<UnitId, { readonly unit: Unit; readonly step: Step }>;
  readonly gatesApplications: boolean;
}

/** Tells the order of any two moments. Answers are kept: the same question comes often. */
export function orderIn(wiring: Wiring): (first: Moment, then: Moment) => Order {
  const known = new Map<string, Order>();
  return (first, then) => {
    const key = `${keyOf(first)}\n${keyOf(then)}`;
    const order = known.get(key) ?? decide(first, then, wiring);
    known.set(key, order);
    return order;
  };
}

function keyOf({ unit, step }: Moment): string {
  return step ? `${unit.id} ${step.phase} ${step.wave}` : unit.id;
}

function decide(first: Moment, then: Moment, wiring: Wiring): Order {
  if (first.unit.id === then.unit.id) return withinUnit(first, then);
  return before(first, then, wiring) ?? (before(then, first, wiring) ? 'after' : 'unordered');
}

function withinUnit({ unit, step }: Moment, then: Moment): Order {
  if (!step || !then.step) return 'together';
  const order = compareSteps(step, then.step);
  if (order === 0) return 'together';
  if (order > 0) return 'after';
  return unit.kind === 'Application' || step.wave === 0 ? 'ready' : 'applied';
}

/**
 * Whether the first is surely applied, or even ready, before the other: whatever comes before
 * something that is waited for does, too.
 */
function before(first: Moment, then: Moment, wiring: Wiring): Coverage {
  const chain = chainOf(first, wiring);
  const found: Coverage[] = [];
  const left = [then];
  const seen = new Set<string>();
  for (let at = left.pop(); at; at = left.pop()) {
    if (seen.has(keyOf(at))) continue;
    seen.add(keyOf(at));
    found.push(besideOf(chain, at, at !== then, wiring));
    for (const { id } of at.unit.dependsOn) {
      const dependency = wiring.units.get(id);
      const index = chain.findIndex(({ unit }) => unit.id === id);
      if (index >= 0) found.push(covered(chain.slice(0, index + 1), wiring));
      else if (dependency) left.push({ unit: dependency });
    }
    // A unit begins when its object is applied, so after all that comes before that.
    const parent = wiring.parentOf.get(at.unit.id);
    if (parent) left.push(parent);
    if (found.includes('ready')) return 'ready';
  }
  return found.includes('applied') ? 'applied' : undefined;
}

/** A moment and, upwards, those of the objects that bring about it. */
function chainOf(moment: Moment, { parentOf }: Wiring): Moment[] {
  const chain: Moment[] = [];
  const seen = new Set<UnitId>();
  for (let at: Moment | undefined = moment; at && !seen.has(at.unit.id); ) {
    seen.add(at.unit.id);
    chain.push(at);
    at = parentOf.get(at.unit.id);
  }
  return chain;
}

/** What the steps of a unit say that is above both; `isWithin` when the other is below that step. */
function besideOf(
  chain: readonly Moment[],
  then: Moment,
  isWithin: boolean,
  wiring: Wiring,
): Coverage {
  const index = chain.findIndex(({ unit }) => unit.id === then.unit.id);
  const link = chain[index];
  if (!link) return undefined;
  const order = withinUnit(link, then);
  if (order === 'ready') return covered(chain.slice(0, index), wiring);
  // Within a wave Argo CD creates Applications last, for it knows no place for their kind.
  if (order === 'together' && index === 0 && isWithin && link.unit.kind === 'Application')
    return 'applied';
  // What is only applied has brought nothing yet.
  return order === 'applied' && index === 0 ? 'applied' : undefined;
}

function covered(chain: readonly Moment[], { gatesApplications }: Wiring): Coverage {
  return coverageOf(
    chain.map(({ unit }) => unit),
    gatesApplications,
  );
}
