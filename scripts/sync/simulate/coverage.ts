import type { Unit } from '../unit.ts';

/** What the readiness of units tells of what the lowest of them applies. */
export type Coverage = 'ready' | 'applied' | undefined;

/**
 * Whether whoever waits for the last unit of a chain waits for what the first one brings; each is
 * applied by the next. What goes on below a unit that does not wait itself is not known.
 *
 * @param gatesApplications whether Argo CD knows the health of Applications
 */
export function coverageOf(chain: readonly Unit[], gatesApplications: boolean): Coverage {
  const [lowest, ...above] = chain;
  if (!lowest) return 'ready';
  const isSeen = above.every((unit, index) => {
    const below = chain[index];
    return own(unit, gatesApplications) === 'ready' || (below && checks(unit, below));
  });
  return isSeen ? own(lowest, gatesApplications) : undefined;
}

/** A suspended unit counts as if it went on: that it does not is told once, by a rule of its own. */
function own({ kind, declared, gates }: Unit, gatesApplications: boolean): Coverage {
  if (kind === 'Application') {
    // An ApplicationSet is healthy once its Applications exist.
    return gatesApplications && !declared.generated ? 'ready' : undefined;
  }
  return gates.wait ? 'ready' : 'applied';
}

function checks({ gates }: Unit, { kind, name }: Unit): boolean {
  return gates.healthChecks.some((check) => check.kind === kind && check.name === name);
}
