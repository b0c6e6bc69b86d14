import { valueAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { Problem, RepositoryRule } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import { foldersOf } from '../../sync/own-repositories.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { Unit } from '../../sync/unit.ts';

export const pathExists: RepositoryRule = {
  id: 'sync/path-exists',
  scope: 'repository',
  severity: 'error',
  summary:
    'The path that an Application or a Flux Kustomization syncs, and every file of values it names, is in the repository.',
  why: 'The engine reports that the path does not exist and applies nothing of it.',
  fix: 'Correct the path, or remove the object together with the folder it synced.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/directory/',

  *check(repository) {
    const folders = foldersOf(repository.files);
    for (const { units } of syncGraphOf(repository).clusters) {
      for (const unit of units) {
        for (const { kind, isOwn, path, pathAt = [] } of unit.sources) {
          if (kind !== 'git' || !isOwn || path === undefined || folders.has(path)) continue;
          const near = nearest(path, folders);
          yield {
            ...placeOf(unit, pathAt),
            message: `${describe(unit)} syncs "${path}", which does not exist`,
            ...(near && { fix: `Did you mean "${near}"?` }),
          };
        }
        yield* missingValues(unit, repository.files);
      }
    }
  },
};

/** Files of Helm values; components and patches are found missing when the path is rendered. */
function* missingValues(unit: Unit, files: readonly string[]): Generator<Problem> {
  for (const { at, valueFiles } of unit.sources) {
    const mayLack =
      valueAt(unit.data, [...at, 'helm', 'ignoreMissingValueFiles']) === true ||
      valueAt(unit.data, [...at, 'ignoreMissingValuesFiles']) === true;
    for (const { at: place, file, written } of mayLack ? [] : valueFiles) {
      if (file === undefined || files.includes(file)) continue;
      const near = nearest(file, files);
      yield {
        ...placeOf(unit, place),
        message: `${describe(unit)} takes values from "${written}", which does not exist`,
        ...(near && { fix: `Did you mean "${near}"?` }),
      };
    }
  }
}
