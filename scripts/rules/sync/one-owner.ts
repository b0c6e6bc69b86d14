import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { type Applied, appliedIn, type ScopeOfKind } from '../../sync/applied.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

/** No object is applied by two Applications or Flux Kustomizations of one cluster. */
export function oneOwner(scopeOf: ScopeOfKind): RepositoryRule {
  return {
    id: 'sync/one-owner',
    scope: 'repository',
    severity: 'error',
    summary: 'Every object of a cluster is applied by one Application or Flux Kustomization only.',
    why: 'Each sync overwrites what the other applied, and whoever is deleted first deletes the object of both.',
    fix: 'Keep the object in one of them, and let the other depend on that.',
    docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#fail-the-sync-if-a-shared-resource-is-found',

    *check(repository) {
      for (const sync of syncGraphOf(repository).clusters) {
        const first = new Map<string, Applied>();
        const shared = new Map<string, { readonly by: Applied[]; readonly before: Applied }>();
        for (const one of appliedIn(sync, repository.rendered, scopeOf)) {
          // Namespaces have a rule of their own, and two live engines, too.
          if (one.manifest.kind === 'Namespace') continue;
          const before = first.get(`${one.unit.engine} ${one.key}`);
          if (!before) first.set(`${one.unit.engine} ${one.key}`, one);
          else if (before.unit.id !== one.unit.id) {
            const pair = `${before.unit.id} ${one.unit.id}`;
            const known = shared.get(pair) ?? { by: [], before };
            known.by.push(one);
            shared.set(pair, known);
          }
        }
        for (const { by, before } of shared.values()) {
          const [one] = by;
          if (!one) continue;
          const more = by.length > 1 ? ` and ${by.length - 1} more` : '';
          const path = one.unit.sources.find(({ pathAt }) => pathAt)?.pathAt ?? ['spec'];
          yield {
            ...placeOf(one.unit, path),
            message: `${describe(one.unit)} applies ${describe(one.manifest)}${more}, which ${describe(before.unit)} applies too`,
          };
        }
      }
    },
  };
}
