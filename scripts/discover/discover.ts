import { realpathSync } from 'node:fs';
import { posix } from 'node:path';
import { kustomizationNames } from '../kubernetes/kustomization.ts';
import type { Cluster, Manifest, SourceFile, Target, TargetFiles } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import { type Allowed, type ClosureContext, closureOf } from './closure.ts';
import { findClusters, isYaml } from './clusters.ts';
import { listFiles } from './files.ts';
import { otherCrdsIn } from './other-crds.ts';
import { openSources } from './sources.ts';
import {
  type FoundTarget,
  findTargets,
  hasKustomization,
  isIn,
  kustomizationTarget,
  manifestFilesIn,
  manifestsTarget,
  type TargetContext,
} from './targets.ts';

export interface DiscoverOptions {
  /** Repository root. */
  readonly root: string;
  /** Only what is at or below these paths from the root; everything when empty. */
  readonly only: readonly string[];
  /** Folders to leave out. */
  readonly ignore: readonly string[];
  /** Files to leave out, by their path from the root. */
  readonly ignoreFiles?: readonly RegExp[];
  /** Only targets that these clusters sync; all when empty. */
  readonly clusters: readonly string[];
  readonly allowed: Allowed;
  /** Files that are in no folder, such as standard input; each is a target. */
  readonly given: readonly SourceFile[];
}

/** What there is to render and check. */
export interface Discovery {
  /** The root without symbolic links. */
  readonly root: string;
  readonly files: readonly string[];
  readonly clusters: readonly Cluster[];
  readonly targets: readonly { readonly target: Target; readonly input: TargetFiles }[];
  readonly sources: readonly SourceFile[];
  /** CRDs in any file of the repository, whether or not a target reads it. */
  readonly otherCrds: readonly Manifest[];
}

/**
 * Finds the clusters and targets of a repository and reads every file they need.
 *
 * @throws UserError when a path or cluster that was asked for does not exist
 */
export function discover(options: DiscoverOptions): Discovery {
  const root = realpathSync(options.root);
  const all = listFiles(root, options.ignore);
  const { ignoreFiles = [] } = options;
  const files = all.filter((file) => !ignoreFiles.some((pattern) => pattern.test(file)));
  const sources = openSources(root, options.given);
  const clusters = findClusters(files, sources);
  const context: TargetContext = { files, sources, clusters };
  const names = clusters.map(({ cluster }) => cluster.name);
  for (const name of options.clusters) assertKnown('cluster', name, names);
  const found = [
    ...options.given.map(({ path }) => manifestsTarget(path, [path])),
    ...(options.only.length > 0 || options.given.length === 0
      ? select(options.only.map(normalized), context)
      : []),
  ].filter(
    ({ target }) =>
      options.clusters.length === 0 ||
      target.clusters.some((name) => options.clusters.includes(name)),
  );
  const closures: ClosureContext = { root, sources, allowed: options.allowed };
  const targets = found.map((one) => ({ target: one.target, input: filesOf(one, closures) }));
  return {
    root,
    files,
    clusters: clusters.map(({ cluster }) => cluster),
    targets,
    sources: sources.all(),
    otherCrds: otherCrdsIn(files, sources),
  };
}

/** `./overlays/dev/` is `overlays/dev`, and the root is the empty path. */
function normalized(path: string): string {
  const plain = posix.normalize(path).replace(/\/$/, '');
  return plain === '.' ? '' : plain;
}

function filesOf({ target, manifestFiles }: FoundTarget, context: ClosureContext): TargetFiles {
  if (target.kind === 'kustomization') return closureOf(target.path, context);
  const failures = manifestFiles.flatMap((file) =>
    (context.sources.read(file)?.syntaxProblems ?? []).map((problem) => ({
      rule: 'yaml/well-formed',
      ...problem,
    })),
  );
  return {
    files: manifestFiles,
    resources: manifestFiles,
    failures,
    batchable: true,
    generates: false,
  };
}

function select(only: readonly string[], context: TargetContext): FoundTarget[] {
  const all = findTargets(context);
  if (only.length === 0) {
    if (all.length > 0 || context.clusters.length > 0) return all;
    const hint = 'name a folder or file of manifests to check that';
    throw new UserError(
      `nothing to check here: no kustomization, and nothing below clusters/; ${hint}`,
    );
  }
  const selected = new Map<string, FoundTarget>();
  for (const path of only) {
    for (const one of selectOne(path, all, context)) selected.set(one.target.path, one);
  }
  return [...selected.values()].sort((a, b) => (a.target.path < b.target.path ? -1 : 1));
}

function selectOne(
  path: string,
  all: readonly FoundTarget[],
  { files, sources }: TargetContext,
): FoundTarget[] {
  const isKustomization = kustomizationNames.includes(posix.basename(path));
  const folder = isKustomization ? normalized(posix.dirname(path)) : path;
  const known = all.filter(({ target }) => target.path === folder || isIn(target.path, folder));
  if (known.length > 0) return known;
  if (hasKustomization(files, folder)) return [kustomizationTarget(folder)];
  if (isYaml(path) && sources.read(path)) return [manifestsTarget(path, [path])];
  const manifestFiles = manifestFilesIn(files, folder, true);
  if (manifestFiles.length > 0) return [manifestsTarget(folder, manifestFiles)];
  assertKnown('target in', path, [...folders(files), ...files]);
  throw new UserError(`no target in ${path || '.'}: it has neither a kustomization nor manifests`);
}

function folders(files: readonly string[]): Set<string> {
  return new Set(files.map((file) => posix.dirname(file)));
}

function assertKnown(what: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const near = nearest(name, names);
  throw new UserError(`no ${what} ${name}${near ? `; did you mean ${near}?` : ''}`);
}
