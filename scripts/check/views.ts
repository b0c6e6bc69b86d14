import type { ClusterView, Engine, Rendered, Repository } from '../model.ts';

/** What lands in each cluster, and last what no cluster is known to sync. */
export function viewsOf({ clusters, rendered, sources }: Repository): ClusterView[] {
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
