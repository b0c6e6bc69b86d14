import type { Engine, FieldPath, Manifest } from '../model.ts';
import { argoChanges, type EngineChanges, fluxChanges } from './engine-changes.ts';
import { isRecord, listAt, textAt, valueAt } from './fields.ts';
import { groupOf } from './manifests.ts';

/** A path in a Git repository that an Argo CD or Flux object applies to a cluster. */
export interface SyncedPath {
  readonly engine: Engine;
  /** Folder from the root of the repository that is synced; empty for the root itself. */
  readonly path: string;
  /** Where the manifest says so. */
  readonly field: FieldPath;
  /** What identifies the Git repository: a URL for Argo CD, `kind/namespace/name` for Flux. */
  readonly repository: string;
  /** Whether folders below are applied too when there is no kustomization. */
  readonly recursive: boolean;
  /** How the object changes what it applies; absent when it applies the path as it is. */
  readonly changes?: EngineChanges;
}

/** The paths that one Argo CD Application or Flux Kustomization applies; none for other kinds. */
export function syncedPathsOf(manifest: Manifest): SyncedPath[] {
  const { apiVersion, kind, data } = manifest;
  const group = groupOf(apiVersion);
  if (group === 'argoproj.io' && kind === 'Application') return argoPaths(data);
  if (group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization')
    return fluxPath(manifest);
  return [];
}

function argoPaths(data: Manifest['data']): SyncedPath[] {
  const single = valueAt(data, ['spec', 'source']);
  const sources: [unknown, FieldPath][] = [
    ...(isRecord(single) ? [[single, ['spec', 'source']] as [unknown, FieldPath]] : []),
    ...listAt(data, ['spec', 'sources']).map((source, index): [unknown, FieldPath] => [
      source,
      ['spec', 'sources', index],
    ]),
  ];
  return sources.flatMap(([source, at]) => {
    const path = textAt(source, ['path']);
    // A chart is not a folder, and a source without a path only lends its files to others.
    if (path === undefined || valueAt(source, ['chart']) !== undefined) return [];
    const changes = argoChanges(data, at);
    return {
      engine: 'argocd' as const,
      path: toFolder(path),
      field: [...at, 'path'],
      repository: textAt(source, ['repoURL']) ?? '',
      recursive: valueAt(source, ['directory', 'recurse']) === true,
      ...(changes && { changes }),
    };
  });
}

function fluxPath(manifest: Manifest): SyncedPath[] {
  const { data, namespace = 'flux-system' } = manifest;
  const changes = fluxChanges(manifest);
  const source = valueAt(data, ['spec', 'sourceRef']);
  const kind = textAt(source, ['kind']) ?? '';
  const at = textAt(source, ['namespace']) ?? namespace;
  const path = textAt(data, ['spec', 'path']);
  return [
    {
      engine: 'flux',
      path: toFolder(path ?? ''),
      field: path === undefined ? ['spec'] : ['spec', 'path'],
      repository: `${kind}/${at}/${textAt(source, ['name']) ?? ''}`,
      recursive: true,
      ...(changes && { changes }),
    },
  ];
}

/** Both engines accept a leading `./` or `/` and a slash at the end. */
function toFolder(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
