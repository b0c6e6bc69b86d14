import type { ClusterView, Repository } from '../model.ts';

/** What lands in each cluster, and last what no cluster is known to sync. */
export function viewsOf({ clusters, rendered, sources }: Repository): ClusterView[] {
  const views = clusters.map((cluster): ClusterView => {
    const own = rendered.filter(({ target }) => target.clusters.includes(cluster.name));
    return { cluster, rendered: own, sources };
  });
  const unassigned = rendered.filter(({ target }) => target.clusters.length === 0);
  return [...views, { rendered: unassigned, sources }].filter((view) => view.rendered.length > 0);
}
