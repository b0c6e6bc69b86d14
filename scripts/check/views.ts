import type { ClusterView, Engine, Rendered, Repository } from '../model.ts';

const known = new WeakMap<Repository, readonly ClusterView[]>();

/**
 * What lands in each cluster, and last what no cluster is known to sync. The same views for every
 * rule: what rules work out about a view, they remember by it.
 */
export function viewsOf(repository: Repository): readonly ClusterView[] {
  let views = known.get(repository);
  if (!views) {
    views = readViews(repository);
    known.set(repository, views);
  }
  return views;
}

function readViews({ clusters, rendered, sources }: Repository): readonly ClusterView[] {
  const views = clusters.map((cluster): ClusterView => {
    const own = rendered.filter(({ target }) => target.clusters.includes(cluster.name));
    return { cluster, rendered: live(own, cluster.engine), sources };
  });
  const unassigned = rendered.filter(({ target }) => target.clusters.length === 0);
  return [...views, { rendered: unassigned, sources }].filter((view) => view.rendered.length > 0);
}

/** Of a path that two engines change in two ways, only the live engine's render lands there. */
function live(rendered: readonly Rendered[], engine: Engine | undefined): readonly Rendered[] {
  if (!engine) return rendered;
  const paths = new Set(
    rendered.flatMap(({ target }) => (target.engines.includes(engine) ? target.path : [])),
  );
  return rendered.filter(
    ({ target }) => target.engines.includes(engine) || !paths.has(target.path),
  );
}
