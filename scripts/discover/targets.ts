import { clusterFileName } from '../kubernetes/cluster-file.ts';
import { kustomizationNames } from '../kubernetes/kustomization.ts';
import type { Engine, Target } from '../model.ts';
import { type ClusterFolder, isYaml } from './clusters.ts';
import { rootKustomizations } from './roots.ts';
import type { Sources } from './sources.ts';

/** A target, and for plain manifests the files it is made of. */
export interface FoundTarget {
  readonly target: Target;
  /** Only for plain manifests: a kustomization is followed instead. */
  readonly manifestFiles: readonly string[];
}

export interface TargetContext {
  /** Every file of the repository, sorted. */
  readonly files: readonly string[];
  readonly sources: Sources;
  readonly clusters: readonly ClusterFolder[];
}

/**
 * Every target of a repository: what an engine syncs, the wiring of a cluster that
 * nothing there syncs, and every kustomization that nothing else includes.
 */
export function findTargets(context: TargetContext): FoundTarget[] {
  const synced = mergeByPath(context.clusters.flatMap((one) => syncedBy(one)));
  const known = [...synced.values()].flatMap((one) => toTarget(one, context) ?? []);
  const wiring = context.clusters.flatMap((one) => unsyncedWiring(one, known));
  const paths = new Set([...known, ...wiring].map(({ target }) => target.path));
  const roots = rootKustomizations(context.files, context.sources)
    .filter((path) => !paths.has(path))
    .map((path) => partOf(path, [...known, ...wiring]) ?? kustomizationTarget(path));
  return [...known, ...wiring, ...roots].sort((a, b) => (a.target.path < b.target.path ? -1 : 1));
}

/** A kustomization below a folder that is synced as it stands belongs to what is synced there. */
function partOf(path: string, known: readonly FoundTarget[]): FoundTarget | undefined {
  const whole = known.find(({ target }) => target.kind === 'manifests' && isIn(path, target.path));
  if (!whole) return undefined;
  return { target: { ...whole.target, path, kind: 'kustomization' }, manifestFiles: [] };
}

/** A kustomization that no cluster is known to sync. */
export function kustomizationTarget(path: string): FoundTarget {
  const target = { path, kind: 'kustomization' as const, clusters: [], engines: [], syncedBy: [] };
  return { target, manifestFiles: [] };
}

/** Files as they stand, applied together under one name. */
export function manifestsTarget(path: string, manifestFiles: readonly string[]): FoundTarget {
  const target = { path, kind: 'manifests' as const, clusters: [], engines: [], syncedBy: [] };
  return { target, manifestFiles };
}

/**
 * The manifest files in a folder, and below it when `recursive`. A folder with a
 * kustomization of its own is one unit, as Flux sees it, and a Helm chart is no manifests.
 */
export function manifestFilesIn(
  files: readonly string[],
  folder: string,
  recursive: boolean,
): string[] {
  const below = files.filter((file) => isIn(file, folder));
  const units = new Set(below.filter(isUnit).map(folderOf));
  units.delete(folder);
  return below.filter((file) => {
    const name = nameOf(file);
    if (!isYaml(file) || kustomizationNames.includes(name) || name === clusterFileName)
      return false;
    if (!recursive) return folderOf(file) === folder;
    return ![...units].some((unit) => isIn(file, unit));
  });
}

function isUnit(file: string): boolean {
  return kustomizationNames.includes(nameOf(file)) || nameOf(file) === 'Chart.yaml';
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}

interface Synced {
  readonly path: string;
  readonly clusters: readonly string[];
  readonly engines: readonly Engine[];
  readonly syncedBy: readonly string[];
  readonly recursive: boolean;
  readonly changedBy: readonly string[];
}

function syncedBy({ cluster, synced }: ClusterFolder): Synced[] {
  return synced.map(({ path, engine, file, recursive, changedBy }) => ({
    path,
    clusters: [cluster.name],
    engines: [engine],
    syncedBy: [file],
    recursive,
    changedBy,
  }));
}

function mergeByPath(all: readonly Synced[]): Map<string, Synced> {
  const merged = new Map<string, Synced>();
  for (const one of all) {
    const other = merged.get(one.path) ?? one;
    merged.set(one.path, {
      path: one.path,
      clusters: union(other.clusters, one.clusters),
      engines: union(other.engines, one.engines),
      syncedBy: union(other.syncedBy, one.syncedBy),
      recursive: other.recursive || one.recursive,
      changedBy: union(other.changedBy, one.changedBy),
    });
  }
  return merged;
}

function union<T extends string>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])].sort();
}

/** Undefined when the path is not there (a rule tells that) or cannot be one application. */
function toTarget(
  { path, recursive, changedBy, ...synced }: Synced,
  { files }: TargetContext,
): FoundTarget | undefined {
  const changes = changedBy.length > 0 ? { changedBy } : {};
  if (hasKustomization(files, path)) {
    return { target: { path, kind: 'kustomization', ...synced, ...changes }, manifestFiles: [] };
  }
  const manifestFiles = path ? manifestFilesIn(files, path, recursive) : [];
  if (manifestFiles.length === 0) return undefined;
  return { target: { path, kind: 'manifests', ...synced, ...changes }, manifestFiles };
}

/** Whether a folder has a kustomization of its own. */
export function hasKustomization(files: readonly string[], folder: string): boolean {
  const prefix = folder ? `${folder}/` : '';
  return kustomizationNames.some((name) => files.includes(prefix + name));
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
    const engine = engines.find((name) => isIn(file, `${folder}/${name}`));
    const path = engine ? `${folder}/${engine}` : folder;
    groups.set(path, [...(groups.get(path) ?? []), file]);
  }
  return [...groups].map(([path, manifestFiles]) => {
    const engine = engines.filter((name) => path === `${folder}/${name}`);
    const clusters = [cluster.name];
    const target: Target = { path, kind: 'manifests', clusters, engines: engine, syncedBy: [] };
    return { target, manifestFiles };
  });
}

/** Whether a file is in a folder or below it. */
export function isIn(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}
