import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import type { ClusterSync } from '../../sync/sync-graph.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { Unit } from '../../sync/unit.ts';

export const oneEngine: RepositoryRule = {
  id: 'sync/one-engine',
  scope: 'repository',
  severity: 'error',
  summary: 'A path of a cluster is live in one engine only.',
  why: 'Argo CD and Flux would correct each other for ever, and the first to let go deletes what the other keeps.',
  fix: 'Say in `cluster.yaml` which `engine` is live, and install no other there.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/',

  *check(repository) {
    for (const sync of syncGraphOf(repository).clusters) {
      const { cluster, units } = sync;
      if (cluster.engine) {
        if (units.length === 0 || units.some(({ engine }) => engine === cluster.engine)) continue;
        const location = { file: cluster.file, line: 1, column: 1 };
        yield {
          location,
          message: `engine "${cluster.engine}" syncs nothing in cluster "${cluster.name}"`,
        };
        continue;
      }
      const both = sharedBy(sync);
      if (!both) continue;
      const { argo, flux, target } = both;
      yield {
        ...placeOf(flux, ['spec', 'path']),
        message: `${describe(flux)} applies ${target}, and so does ${describe(argo)} in cluster "${cluster.name}"`,
      };
    }
  },
};

function sharedBy({ units }: ClusterSync): { argo: Unit; flux: Unit; target: string } | undefined {
  for (const flux of units) {
    if (flux.engine !== 'flux' || flux.policy.remote || flux.policy.suspended) continue;
    for (const path of pathsOf(flux)) {
      const argo = units.find(
        (one) => one.engine === 'argocd' && !one.policy.remote && pathsOf(one).includes(path),
      );
      if (argo) return { argo, flux, target: path };
    }
  }
  return undefined;
}

function pathsOf({ sources }: Unit): string[] {
  return sources.flatMap(({ isOwn, path }) => (isOwn && path ? path : []));
}
