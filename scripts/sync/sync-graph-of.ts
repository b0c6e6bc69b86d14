import type { Manifest, Repository } from '../model.ts';
import { clusterSyncOf } from './cluster-sync.ts';
import { ownRepositories } from './own-repositories.ts';
import { registeredClusters } from './registered-clusters.ts';
import type { SyncGraph } from './sync-graph.ts';
import { wiredManifests } from './wired-manifests.ts';

/** What of a repository the sync graph is read from. */
export type SyncInput = Pick<Repository, 'sources' | 'clusters' | 'rendered' | 'files'>;

const known = new WeakMap<SyncInput, SyncGraph>();

/**
 * Who syncs what in every cluster: read from what the targets render to, and from files below
 * `clusters/` that nothing renders. Read once a repository. Never throws.
 */
export function syncGraphOf(repository: SyncInput): SyncGraph {
  const graph = known.get(repository) ?? readGraph(repository);
  known.set(repository, graph);
  return graph;
}

function readGraph(repository: SyncInput): SyncGraph {
  const wired = wiredManifests(repository);
  const all = [...wired].flatMap(([cluster, manifests]) =>
    manifests.map((manifest) => ({ cluster, manifest })),
  );
  const isOwn = ownRepositories(all, repository.files);
  const sources = new Map(repository.sources.map((source) => [source.path, source]));
  const clusters = repository.clusters.map(({ name }) => name);
  return {
    clusters: repository.clusters.map((cluster) => {
      const manifests: readonly Manifest[] = wired.get(cluster.name) ?? [];
      return clusterSyncOf({
        cluster,
        clusters,
        manifests,
        rendered: repository.rendered,
        isOwn,
        set: {
          files: repository.files,
          read: (path) => sources.get(path),
          isOwn,
          registered: registeredClusters(manifests),
        },
      });
    }),
  };
}
