import type { Engine, Target } from '../model.ts';
import type { ClusterFolder } from './clusters.ts';
import { folderOf, isIn } from './manifest-files.ts';
import { rootKustomizations } from './roots.ts';
import type { Sources } from './sources.ts';
import { type FoundTarget, syncedTargets } from './synced-targets.ts';
import type { Unit } from './units.ts';

export interface TargetContext {
  /** Every file of the repository, sorted. */
  readonly files: readonly string[];
  readonly sources: Sources;
  readonly clusters: readonly ClusterFolder[];
  /** What the clusters sync. */
  readonly units: readonly Unit[];
}

/**
 * Every target of a repository: what an engine syncs, the wiring of a cluster that
 * nothing there syncs, and every kustomization that nothing else includes.
 */
export function findTargets({ files, sources, clusters, units }: TargetContext): FoundTarget[] {
  const known = syncedTargets(units, files, sources);
  const wiring = clusters.flatMap((one) => unsyncedWiring(one, known));
  const paths = new Set([...known, ...wiring].map(({ target }) => target.path));
  const roots = rootKustomizations(files, sources)
    .filter((path) => !paths.has(path))
    .flatMap((path) => {
      const part = partOf(path, [...known, ...wiring]);
      if (part) return part;
      return isBuiltWithFolder(path, known) ? [] : kustomizationTarget(path);
    });
  return [...known, ...wiring, ...roots].sort((a, b) => (a.target.name < b.target.name ? -1 : 1));
}

/** A kustomization below a folder that is synced as it stands belongs to what is synced there. */
function partOf(path: string, known: readonly FoundTarget[]): FoundTarget | undefined {
  const whole = known.find(({ target }) => target.kind === 'manifests' && isIn(path, target.path));
  if (!whole) return undefined;
  const target: Target = { ...whole.target, name: path, path, kind: 'kustomization' };
  return { target, manifestFiles: [] };
}

/** Whether Flux makes a kustomization for a folder above that includes this one. */
function isBuiltWithFolder(path: string, known: readonly FoundTarget[]): boolean {
  return known.some(({ target, changed }) => changed?.isGenerated && isIn(path, target.path));
}

/** A kustomization that no cluster is known to sync. */
export function kustomizationTarget(path: string): FoundTarget {
  const unsynced = { clusters: [], engines: [], syncedBy: [] };
  return { target: { name: path, path, kind: 'kustomization', ...unsynced }, manifestFiles: [] };
}

/** Files as they stand, applied together under one name. */
export function manifestsTarget(path: string, manifestFiles: readonly string[]): FoundTarget {
  const unsynced = { clusters: [], engines: [], syncedBy: [] };
  return { target: { name: path, path, kind: 'manifests', ...unsynced }, manifestFiles };
}

/**
 * The objects of a cluster's folder that nothing in it syncs, because somebody applies
 * them once by hand (`flux bootstrap` does): they are checked all the same.
 */
function unsyncedWiring(
  { cluster, folder, manifestFiles }: ClusterFolder,
  known: readonly FoundTarget[],
): FoundTarget[] {
  const covered = new Set(known.flatMap(({ manifestFiles }) => manifestFiles));
  const folders = known.map(({ target }) => target.path);
  const left = new Set(
    manifestFiles.filter(
      (file) => !covered.has(file) && !folders.some((path) => path && isIn(file, path)),
    ),
  );
  const engines: readonly Engine[] = ['argocd', 'flux'];
  const groups = new Map<string, string[]>();
  for (const file of left) {
    const engine = folder && engines.find((name) => isIn(file, `${folder}/${name}`));
    const path = engine ? `${folder}/${engine}` : (folder ?? (folderOf(file) || file));
    groups.set(path, [...(groups.get(path) ?? []), file]);
  }
  return [...groups].map(([path, manifestFiles]) => {
    const engine = engines.filter((name) => path === `${folder}/${name}`);
    const clusters = [cluster.name];
    const common = { name: path, path, clusters, engines: engine, syncedBy: [] };
    return { target: { ...common, kind: 'manifests' }, manifestFiles };
  });
}
