import { recordAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { Manifest, RepositoryRule } from '../../model.ts';
import { type Applied, appliedIn } from '../../sync/applied.ts';
import { deletesWithItself, prunes } from '../../sync/prune-protection.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { Unit } from '../../sync/unit.ts';

/** Kinds that take data, or other objects, with them. */
const precious: ReadonlySet<string> = new Set([
  'CustomResourceDefinition',
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
]);

export const dataKept: RepositoryRule = {
  id: 'sync/data-kept',
  scope: 'repository',
  severity: 'error',
  summary: 'Namespaces, volumes and custom resource definitions are protected from being pruned.',
  why: 'A line that disappears from a kustomization, or a path that moves, makes the engine delete the object, and with it all data or all objects of the kind.',
  fix: 'Annotate it with `argocd.argoproj.io/sync-options: Prune=false,Delete=false`, or `kustomize.toolkit.fluxcd.io/prune: disabled` for Flux.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources',

  *check(repository) {
    for (const sync of syncGraphOf(repository).clusters) {
      const applied = appliedIn(sync, repository.rendered, () => undefined);
      const full = new Set(applied.flatMap((one) => (holdsData(one) ? (one.namespace ?? []) : [])));
      for (const { unit, manifest } of applied) {
        if (!precious.has(manifest.kind) || isOfEngine(manifest, unit)) continue;
        const isPruned = prunes(unit, manifest);
        if (!isPruned && !deletesWithItself(unit, manifest)) continue;
        yield {
          manifest,
          path: ['metadata'],
          message: isPruned
            ? `${describe(unit)} deletes ${describe(manifest)} when it is no longer in Git`
            : `${describe(manifest)} is deleted together with ${describe(unit)}`,
          // Without data in it, a namespace can be made again.
          ...(manifest.kind === 'Namespace' &&
            !full.has(manifest.name) && { severity: 'note' as const }),
        };
      }
    }
  },
};

/** What `flux bootstrap` and Argo CD's installation write is theirs to update. */
function isOfEngine({ data, kind, name }: Manifest, { namespace }: Unit): boolean {
  const owner = recordAt(data, ['metadata', 'labels'])['app.kubernetes.io/part-of'];
  return owner === 'flux' || owner === 'argocd' || (kind === 'Namespace' && name === namespace);
}

function holdsData({ manifest }: Applied): boolean {
  return manifest.kind === 'PersistentVolumeClaim' || manifest.kind === 'StatefulSet';
}
