import { posix } from 'node:path';
import { textAt } from '../../kubernetes/fields.ts';
import { isRemote, kustomizationNames, referencesOf } from '../../kubernetes/kustomization.ts';
import type { Location, Repository, RepositoryRule } from '../../model.ts';
import { excludesFolder } from '../../sync/application-set/excluded-folders.ts';
import { toFolder } from '../../sync/folder.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

export const everythingSynced: RepositoryRule = {
  id: 'sync/everything-synced',
  scope: 'repository',
  severity: 'warning',
  summary:
    'Beside folders that are synced there is none that no cluster syncs, and no component that nothing uses.',
  why: 'A folder that is edited and reviewed and reaches no cluster is a deployment that never happened.',
  fix: 'Let an Application or a Flux Kustomization sync it, or remove it.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/directory/',

  *check(repository) {
    const graph = syncGraphOf(repository);
    // Who is not seen whole may have it synced by what is not seen.
    const isOpen = graph.clusters.some(
      ({ problems, units }) =>
        problems.length > 0 || units.every(({ targets }) => targets.length === 0),
    );
    if (graph.clusters.length === 0 || isOpen) return;
    const synced = new Set(
      repository.rendered
        .filter(({ target }) => target.clusters.length > 0)
        .map(({ target }) => posix.dirname(target.path)),
    );
    for (const { target } of repository.rendered) {
      const { kind, clusters, path } = target;
      // An example somewhere else is no deployment that was forgotten.
      if (kind !== 'kustomization' || clusters.length > 0 || !synced.has(posix.dirname(path)))
        continue;
      const isLeftOut = graph.clusters.some(({ applicationSets }) =>
        applicationSets.some(({ manifest }) => excludesFolder(manifest, path)),
      );
      if (isLeftOut) continue;
      const file = kustomizationIn(path, repository);
      if (file) yield { location: at(file), message: `no cluster syncs ${path}` };
    }
    yield* unusedComponents(repository);
  },
};

function* unusedComponents({ sources }: Repository) {
  const used = new Set(
    sources.flatMap(({ path, documents }) =>
      referencesOf(documents[0])
        .filter(({ value }) => !isRemote(value))
        .map(({ value }) => toFolder(posix.join(posix.dirname(path), value))),
    ),
  );
  for (const { path, documents } of sources) {
    const folder = posix.dirname(path);
    const isComponent =
      kustomizationNames.includes(posix.basename(path)) &&
      textAt(documents[0], ['kind']) === 'Component';
    // One of several options that are not taken today is still an option.
    const isOption = [...used].some((one) => posix.dirname(one) === posix.dirname(folder));
    if (!isComponent || isOption || used.has(toFolder(folder))) continue;
    // A sync object may name it, also as a part of a template.
    if (
      sources.some(
        ({ text }) => text.includes('components:') && text.includes(`/${posix.basename(folder)}`),
      )
    )
      continue;
    yield {
      location: at(path),
      severity: 'note' as const,
      message: `nothing uses component ${folder}`,
      fix: 'Name it under `components`, or remove it.',
    };
  }
}

function kustomizationIn(folder: string, { files }: Repository): string | undefined {
  const names = kustomizationNames.map((name) => posix.join(folder, name));
  return names.find((name) => files.includes(name));
}

function at(file: string): Location {
  return { file, line: 1, column: 1 };
}
