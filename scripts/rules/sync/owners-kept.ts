import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import type { Applied, ScopeOfKind } from '../../sync/applied.ts';
import { beforeAndAfter } from '../../sync/before-and-after.ts';
import { placeOf } from '../../sync/place-of.ts';
import { prunes } from '../../sync/prune-protection.ts';

/** An object does not move from one unit to another in one commit. */
export function ownersKept(scopeOf: ScopeOfKind): RepositoryRule {
  return {
    id: 'sync/owners-kept',
    scope: 'repository',
    severity: 'error',
    summary:
      'No object moves from one Application or Flux Kustomization to another in one change. Needs `--base`.',
    why: 'The one that had it prunes it, before or after the other has applied it: whoever comes last decides whether it is there.',
    fix: 'First protect the object from pruning (`Prune=false`, `prune: disabled`), then move it, then take the protection away.',
    docs: 'https://github.com/fluxcd/kustomize-controller/issues/338',

    *check(repository) {
      for (const { before, after } of beforeAndAfter(repository, scopeOf)) {
        const units = new Map(after.sync.units.map((unit) => [unit.id, unit]));
        const owned = new Set(after.applied.map(({ unit, key }) => `${unit.id} ${key}`));
        const owners = new Map(before.applied.map((one) => [`${one.unit.engine} ${one.key}`, one]));
        const moves = new Map<string, Applied[]>();
        for (const one of after.applied) {
          const old = owners.get(`${one.unit.engine} ${one.key}`);
          const left = old && units.get(old.unit.id);
          if (!old || !left || left.id === one.unit.id || owned.has(`${left.id} ${one.key}`))
            continue;
          if (!prunes(left, old.manifest)) continue;
          const pair = `${left.id} ${one.unit.id}`;
          moves.set(pair, [...(moves.get(pair) ?? []), one]);
        }
        for (const [pair, all] of moves) {
          const [one] = all;
          const left = after.sync.units.find(({ id }) => pair.startsWith(`${id} `));
          if (!one || !left) continue;
          const more = all.length > 1 ? ` and ${all.length - 1} more` : '';
          const path = one.unit.sources.find(({ pathAt }) => pathAt)?.pathAt ?? ['spec'];
          yield {
            ...placeOf(one.unit, path),
            message: `${describe(one.unit)} takes ${describe(one.manifest)}${more} over from ${describe(left)}, which prunes it`,
          };
        }
      }
    },
  };
}
