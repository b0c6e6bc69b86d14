import { posix } from 'node:path';
import { changeKustomization } from '../kubernetes/changed-kustomization.ts';
import { kustomizationNames } from '../kubernetes/kustomization.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import type {
  ChangedKustomization,
  PostBuild,
  RenderFailure,
  Target,
  TargetFiles,
} from '../model.ts';
import { manifestFilesIn, unitFoldersIn } from './manifest-files.ts';
import { namesFor } from './name-targets.ts';
import type { Sources } from './sources.ts';
import type { Unit } from './units.ts';

/** A target, and what it is made of besides its kustomization. */
export interface FoundTarget {
  readonly target: Target;
  /** Only for plain manifests: a kustomization is followed instead. */
  readonly manifestFiles: readonly string[];
  readonly changed?: ChangedKustomization;
  readonly metadata?: NonNullable<TargetFiles['metadata']>;
  readonly postBuild?: PostBuild;
  readonly failures?: readonly RenderFailure[];
}

/** Every path that some object syncs, once for each way in which engines change it. */
export function syncedTargets(
  units: readonly Unit[],
  files: readonly string[],
  sources: Sources,
): FoundTarget[] {
  const byPath = new Map<string, Unit[]>();
  for (const one of units) byPath.set(one.path, [...(byPath.get(one.path) ?? []), one]);
  return [...byPath].flatMap(([path, all]) => {
    const renders = new Map<string, Unit[]>();
    for (const one of all)
      renders.set(renderKey(one), [...(renders.get(renderKey(one)) ?? []), one]);
    const groups = [...renders.values()];
    const names = namesFor(path, groups.map(namingOf));
    return groups.flatMap(
      (group, index) => toTarget(group, names[index] ?? path, files, sources) ?? [],
    );
  });
}

/** Equal for units whose renders are. Variables from elsewhere may differ by cluster. */
function renderKey({ changes, cluster }: Unit): string {
  if (!changes) return '';
  const { edits, metadata, postBuild } = changes;
  const isOwn = postBuild !== undefined && postBuild.from.length > 0;
  const own = edits.map(({ field, value }) => [field, value]);
  return JSON.stringify([own, metadata, postBuild, isOwn && cluster]);
}

function namingOf(units: readonly Unit[]) {
  return {
    clusters: unique(units.map(({ cluster }) => cluster)),
    engines: unique(units.map(({ engine }) => engine)),
    objects: unique(units.map(({ manifest }) => manifest.name)),
  };
}

function unique<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].sort();
}

/** Undefined when the path is not there (a rule tells that) or cannot be one application. */
function toTarget(
  units: readonly Unit[],
  name: string,
  files: readonly string[],
  sources: Sources,
): FoundTarget | undefined {
  const [unit] = units;
  if (!unit) return undefined;
  const { path, changes, object, cluster } = unit;
  const { clusters, engines } = namingOf(units);
  const syncedBy = unique(units.map((one) => one.object.file));
  const file = kustomizationNames
    .map((one) => posix.join(path, one))
    .find((one) => files.includes(one));
  // Argo CD gives a folder with a chart to Helm, which nothing here runs.
  if (!file && unit.engine === 'argocd' && files.includes(posix.join(path, 'Chart.yaml')))
    return undefined;
  const recursive = units.some((one) => one.recursive);
  const manifestFiles = file || !path ? [] : manifestFilesIn(files, path, recursive);
  const folders = changes && !file ? unitFoldersIn(files, path) : [];
  if (!file && manifestFiles.length + folders.length === 0) return undefined;
  const common = { name, path, clusters, engines, syncedBy };
  if (!changes) {
    const kind = file ? 'kustomization' : 'manifests';
    return { target: { ...common, kind }, manifestFiles };
  }
  const needsKustomization = !file && unit.engine === 'argocd';
  const value = file
    ? sources.read(file)?.documents[0]
    : { resources: [...manifestFiles, ...folders].map((one) => posix.relative(path, one)).sort() };
  const { metadata, postBuild, edits } = changes;
  const isChanged = edits.length > 0 || !file;
  const exists = (folder: string) => files.some((one) => one.startsWith(`${folder}/`));
  const changed = changeKustomization(
    file ?? posix.join(path, 'kustomization.yaml'),
    { value, isGenerated: !file },
    changes,
    object,
    exists,
  );
  return {
    target: { ...common, kind: 'kustomization' },
    manifestFiles: [],
    ...(isChanged && { changed }),
    ...(metadata && { metadata: { ...metadata, object } }),
    ...(postBuild && { postBuild: { ...postBuild, cluster, object } }),
    ...(needsKustomization && { failures: [withoutKustomization(unit, sources)] }),
  };
}

function withoutKustomization({ path, object, changes }: Unit, sources: Sources): RenderFailure {
  const { file, document, at } = object;
  const field = [...at, ...(changes?.edits[0]?.at ?? [])];
  const { location } = openLocator(sources.read(file)?.text ?? '', file).locate(document, field);
  return {
    rule: 'render/builds',
    message: `Argo CD runs kustomize in ${path}, which has no kustomization.yaml`,
    fix: 'Add a kustomization.yaml there, or remove `kustomize` from the source.',
    location,
  };
}
