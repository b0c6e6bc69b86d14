import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import { placeOf } from '../../sync/place-of.ts';
import type { ClusterSync } from '../../sync/sync-graph.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { Dependency, Unit } from '../../sync/unit.ts';

export const dependencyExists: RepositoryRule = {
  id: 'sync/dependency-exists',
  scope: 'repository',
  severity: 'error',
  summary: 'Every `dependsOn` of a Flux object names an object of the same kind that exists.',
  why: 'Flux reports that the dependency is not found, and never applies the object.',
  fix: 'Correct the name or the namespace; without a namespace it is looked for beside the object itself.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',

  *check(repository) {
    for (const sync of syncGraphOf(repository).clusters) {
      const known = new Set(sync.units.map(({ id }) => id));
      const isWhole = seesAll(
        sync,
        repository.rendered.every(({ failures }) => failures.length === 0),
      );
      for (const unit of sync.units) {
        for (const dependency of unit.dependsOn) {
          const { id, name, namespace, at } = dependency;
          if (known.has(id) || /\$\{/.test(name + namespace)) continue;
          const fix = meant(unit, dependency, sync);
          // What is not seen here may come from elsewhere, unless it is plainly a slip.
          if (!isWhole && !fix) continue;
          yield {
            ...placeOf(unit, [...at, 'name']),
            message: `${describe(unit)} depends on ${unit.kind} ${namespace}/${name}, which does not exist`,
            ...(fix && { fix }),
          };
        }
      }
    }
  },
};

function seesAll({ units }: ClusterSync, isRendered: boolean): boolean {
  return (
    isRendered &&
    units.every(
      ({ kind, sources, targets }) =>
        kind !== 'Kustomization' ||
        (sources.every(({ isOwn, repository }) => isOwn && repository !== '') &&
          targets.length > 0),
    )
  );
}

function meant(
  unit: Unit,
  { name, namespace }: Dependency,
  { units }: ClusterSync,
): string | undefined {
  const same = units.filter(({ kind, id }) => kind === unit.kind && id !== unit.id);
  const elsewhere = same.find((one) => one.name === name);
  if (elsewhere) return `${describe(elsewhere)} is in another namespace: add \`namespace\`.`;
  const other = units.find(
    (one) =>
      one.engine === 'flux' &&
      one.kind !== unit.kind &&
      one.name === name &&
      one.namespace === namespace,
  );
  if (other)
    return `${describe(other)} is no ${unit.kind}: depend on the ${unit.kind} that applies it.`;
  const near = nearest(
    name,
    same.filter((one) => one.namespace === namespace).map((one) => one.name),
  );
  return near && `Did you mean "${near}"?`;
}
