import type { Repository } from '../model.ts';
import { type Applied, appliedIn, type ScopeOfKind } from './applied.ts';
import type { ClusterSync } from './sync-graph.ts';
import { syncGraphOf } from './sync-graph-of.ts';

/** One side of a change: what a cluster's engines do, and the objects they apply. */
export interface Side {
  readonly sync: ClusterSync;
  readonly applied: readonly Applied[];
}

/**
 * Every cluster as it was and as it is to be. Nothing when there is no base, or only a part of
 * either was rendered: what is missing there need not be gone.
 */
export function beforeAndAfter(
  repository: Repository,
  scopeOf: ScopeOfKind,
): { readonly before: Side; readonly after: Side }[] {
  const { base, rendered } = repository;
  const isBroken = rendered.some(({ failures }) => failures.length > 0);
  if (!base?.isWhole || isBroken) return [];
  const clusters = new Map(syncGraphOf(base).clusters.map((one) => [one.cluster.name, one]));
  return syncGraphOf(repository).clusters.flatMap((sync) => {
    const before = clusters.get(sync.cluster.name);
    // Another engine takes everything over, and the one that was there is removed by hand.
    if (!before || before.cluster.engine !== sync.cluster.engine) return [];
    return {
      before: { sync: before, applied: appliedIn(before, base.rendered, scopeOf) },
      after: { sync, applied: appliedIn(sync, rendered, scopeOf) },
    };
  });
}
