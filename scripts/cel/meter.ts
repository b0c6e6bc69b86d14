import { CostLimitError } from './errors.ts';

/** What a running expression has cost. */
export interface Meter {
  cost: number;
  readonly limit: number;
  /** Elements and characters copied or compared: not part of the cost, but bounded too. */
  work: number;
}

const workLimit = 10_000_000;
const unlimited: Meter = { cost: 0, limit: Number.POSITIVE_INFINITY, work: 0 };
let current = unlimited;

/** Runs a step on a meter; a step within a step counts on its own. */
export function metered<T>(meter: Meter, step: () => T): T {
  const outer = current;
  current = meter;
  try {
    return step();
  } finally {
    current = outer;
  }
}

/** Adds to the cost; throws a `CostLimitError` beyond the limit. */
export function spend(units: number): void {
  current.cost += units;
  if (current.cost > current.limit) throw new CostLimitError();
}

/**
 * Announces work that the cost model does not count, such as building a string of that length;
 * throws a `CostLimitError` before memory or time would run out.
 */
export function labour(units: number): void {
  current.work += units;
  if (current.work > workLimit) throw new CostLimitError();
}

/** Announces an error that an operator takes in: throwing one is a hundred times a step's work. */
export function absorb(): void {
  labour(100);
}
