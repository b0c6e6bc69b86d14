import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { appliedIn, liveUnits } from '../../sync/applied.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

export const namespaceOneCreator: RepositoryRule = {
  id: 'sync/namespace-one-creator',
  scope: 'repository',
  severity: 'warning',
  summary: 'A namespace is made in one place: by one object in Git, or by CreateNamespace.',
  why: 'Two that own a namespace overwrite its labels in turn, and the first to be deleted takes everything in it away.',
  fix: 'Keep the Namespace in one Application, and leave `CreateNamespace=true` out where Git has it.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#create-namespace',

  *check(repository) {
    for (const sync of syncGraphOf(repository).clusters) {
      const applied = appliedIn(sync, repository.rendered, () => undefined).filter(
        ({ manifest }) => manifest.kind === 'Namespace',
      );
      const first = new Map<string, (typeof applied)[number]>();
      for (const one of applied) {
        const before = first.get(`${one.unit.engine} ${one.key}`);
        if (!before) first.set(`${one.unit.engine} ${one.key}`, one);
        else if (before.unit.id !== one.unit.id) {
          yield {
            manifest: one.manifest,
            path: ['metadata', 'name'],
            message: `${describe(one.unit)} makes namespace "${one.manifest.name}", and so does ${describe(before.unit)}`,
          };
        }
      }
      for (const unit of liveUnits(sync)) {
        const { policy, destination, kind } = unit;
        if (kind !== 'Application' || !policy.createsNamespace) continue;
        const made = applied.find(
          ({ manifest, unit: by }) =>
            manifest.name === destination.namespace &&
            by.engine === 'argocd' &&
            by.destination.cluster === destination.cluster &&
            by.destination.server === destination.server,
        );
        if (!made) continue;
        const index = policy.options.indexOf('CreateNamespace=true');
        yield {
          ...placeOf(unit, ['spec', 'syncPolicy', 'syncOptions', index]),
          message: `${describe(unit)} makes namespace "${made.manifest.name}", and so does Git in ${describe(made.unit)}`,
        };
      }
    }
  },
};
