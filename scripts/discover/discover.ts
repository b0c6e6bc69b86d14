import { realpathSync } from 'node:fs';
import { posix } from 'node:path';
import { kustomizationNames } from '../kubernetes/kustomization.ts';
import type { Cluster, Manifest, Rendered, SourceFile, Target, TargetFiles } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import type { Allowed, ClosureContext } from './closure-context.ts';
import { findClusters } from './clusters.ts';
import { listFiles } from './files.ts';
import { withGenerated } from './generated-units.ts';
import { hasKustomization, isIn, isYaml, manifestFilesIn } from './manifest-files.ts';
import { otherCrdsIn } from './other-crds.ts';
import { openSources } from './sources.ts';
import type { FoundTarget } from './synced-targets.ts';
import { filesOf } from './target-files.ts';
import {
  findTargets,
  kustomizationTarget,
  manifestsTarget,
  type TargetContext,
} from './targets.ts';
import { summaryOf, withRendered } from './units.ts';

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
  /** The folders of clusters by their names; those in `clusters/` when absent. */
  readonly clusterFolders?: Readonly<Record<string, string>>;
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
  /** Reads a further file of the repository; undefined when it cannot be read. */
  readonly read: (path: string) => SourceFile | undefined;
  /** CRDs in any file of the repository, whether or not a target reads it. */
  readonly otherCrds: readonly Manifest[];
  /** The same with what rendered sync objects sync when that is more: an app of apps, say. */
  readonly further: (rendered: readonly Rendered[]) => Discovery | undefined;
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
  const clusters = findClusters(files, sources, options.clusterFolders);
  const found = { files, sources, clusters };
  return discoverTargets({ ...found, units: withGenerated(found) }, root, options);
}

function discoverTargets(
  context: TargetContext,
  root: string,
  options: DiscoverOptions,
): Discovery {
  const { files, sources, clusters, units } = context;
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
    read: (path) => (files.includes(path) ? sources.read(path) : undefined),
    otherCrds: otherCrdsIn(files, sources),
    further(rendered) {
      if (clusters.length === 0) return undefined;
      const known = new Map(sources.all().map((source) => [source.path, source]));
      const all = withGenerated(context, withRendered(units, rendered, known), rendered);
      if (summaryOf(all) === summaryOf(units)) return undefined;
      return discoverTargets({ ...context, units: all }, root, options);
    },
  };
}

/** `./overlays/dev/` is `overlays/dev`, and the root is the empty path. */
function normalized(path: string): string {
  const plain = posix.normalize(path).replace(/\/$/, '');
  return plain === '.' ? '' : plain;
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
    for (const one of selectOne(path, all, context)) selected.set(one.target.name, one);
  }
  return [...selected.values()].sort((a, b) => (a.target.name < b.target.name ? -1 : 1));
}

function selectOne(
  path: string,
  all: readonly FoundTarget[],
  { files, sources }: TargetContext,
): FoundTarget[] {
  const isKustomization = kustomizationNames.includes(posix.basename(path));
  const folder = isKustomization ? normalized(posix.dirname(path)) : path;
  const named = all.filter(({ target }) => target.name === path);
  if (named.length > 0) return named;
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
