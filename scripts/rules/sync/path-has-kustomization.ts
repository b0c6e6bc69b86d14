import { posix } from 'node:path';
import { valueAt } from '../../kubernetes/fields.ts';
import { kustomizationNames } from '../../kubernetes/kustomization.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { UnitSource } from '../../sync/unit-source.ts';

const manifest = /\.(ya?ml|json)$/;

export const pathHasKustomization: RepositoryRule = {
  id: 'sync/path-has-kustomization',
  scope: 'repository',
  severity: 'warning',
  summary: 'A synced folder holds a kustomization, or manifests that are applied as they stand.',
  why: 'Without a kustomization Argo CD applies only the files of the folder itself, and none of those below unless it is told to; an overlay one folder too high applies nothing, and reports success.',
  fix: 'Name the folder with the kustomization, or set `directory.recurse: true`.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/directory/',

  *check(repository) {
    const { files } = repository;
    for (const { units } of syncGraphOf(repository).clusters) {
      for (const unit of units) {
        if (unit.kind === 'HelmRelease') continue;
        for (const source of unit.sources) {
          if (source.kind !== 'git' || !source.isOwn || source.path === undefined) continue;
          const prefix = source.path === '' ? '' : `${source.path}/`;
          const below = files.filter((file) => file.startsWith(prefix));
          const here = below.filter((file) => !file.slice(prefix.length).includes('/'));
          if (below.length === 0 || here.some(decides) || hasPlugin(unit.data, source)) continue;
          const isFound = (unit.engine === 'flux' || source.recursive ? below : here).some((file) =>
            manifest.test(file),
          );
          if (isFound) continue;
          yield {
            ...placeOf(unit, source.pathAt ?? source.at),
            message: `${describe(unit)} applies nothing: "${source.path}" has neither a kustomization nor manifests`,
          };
        }
      }
    }
  },
};

/** What makes Argo CD build a folder instead of applying its files. */
function decides(file: string): boolean {
  const name = posix.basename(file);
  return kustomizationNames.includes(name) || name === 'Chart.yaml' || /\.jsonnet$/.test(name);
}

function hasPlugin(data: unknown, { at }: UnitSource): boolean {
  return valueAt(data, [...at, 'plugin']) !== undefined;
}
