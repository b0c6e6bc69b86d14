import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import { isProduction } from '../../sync/environment.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

const known: readonly string[] = [
  'resources-finalizer.argocd.argoproj.io',
  'resources-finalizer.argocd.argoproj.io/background',
  'resources-finalizer.argocd.argoproj.io/foreground',
  'post-delete-finalizer.argocd.argoproj.io',
  'post-delete-finalizer.argocd.argoproj.io/cleanup',
  'pre-delete-finalizer.argocd.argoproj.io',
  'pre-delete-finalizer.argocd.argoproj.io/cleanup',
];

export const finalizersMeant: RepositoryRule = {
  id: 'sync/finalizers-meant',
  scope: 'repository',
  severity: 'warning',
  summary:
    'Applications that an ApplicationSet makes for production leave their objects when they go.',
  why: 'A renamed ApplicationSet, parameter or cluster deletes the Application, and its finalizer everything that it had deployed.',
  fix: 'Set `syncPolicy.preserveResourcesOnDeletion: true` in the ApplicationSet.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Application-Deletion/',

  *check(repository) {
    for (const { cluster, units, applicationSets } of syncGraphOf(repository).clusters) {
      for (const unit of units) {
        for (const [index, one] of unit.finalizers.entries()) {
          if (unit.kind !== 'Application' || !/argocd/.test(one) || known.includes(one)) continue;
          const near = nearest(one, known);
          yield {
            ...placeOf(unit, ['metadata', 'finalizers', index]),
            message: `${describe(unit)} has the finalizer "${one}", which Argo CD does not know`,
            fix: near ? `Did you mean "${near}"?` : `Use \`${known[0]}\`.`,
          };
        }
      }
      if (!isProduction(cluster)) continue;
      for (const { manifest, preserveResources, units: own } of applicationSets) {
        if (preserveResources || own.length === 0) continue;
        yield {
          manifest,
          path: ['spec', 'syncPolicy'],
          message: `${describe(manifest)} deletes what its Applications deployed when one of them goes`,
        };
      }
    }
  },
};
