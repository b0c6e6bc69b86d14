import { textAt } from '../kubernetes/fields.ts';
import { manifestsOf } from '../kubernetes/manifests.ts';
import { type SyncedPath, syncedPathsOf } from '../kubernetes/sync-objects.ts';
import type { Manifest, Rendered, SourceFile, WrittenObject } from '../model.ts';

/** A path that an object of a cluster applies, and where that object is written. */
export interface Unit extends SyncedPath {
  readonly cluster: string;
  /** The object that says so. */
  readonly manifest: Manifest;
  readonly object: WrittenObject;
}

/** What the sync objects of a file apply. */
export function unitsIn({ path, documents }: SourceFile, cluster: string): Unit[] {
  return objectsIn(path, documents).flatMap(({ manifest, object }) =>
    syncedPathsOf(manifest).map((synced) => ({ ...synced, cluster, manifest, object })),
  );
}

/** An object, and where it is written. */
export interface Placed {
  readonly manifest: Manifest;
  readonly object: WrittenObject;
}

/** The objects of a file. */
export function objectsIn(file: string, documents: readonly unknown[]): Placed[] {
  return documents.flatMap((one, document) => {
    const manifests = manifestsOf([one], { origin: { file } });
    const isList = textAt(one, ['kind'])?.endsWith('List') === true && manifests[0]?.data !== one;
    return manifests.map((manifest, index) => ({
      manifest,
      object: { file, document, at: isList ? ['items', index] : [] },
    }));
  });
}

/**
 * The units of clusters with those that rendered targets bring: an object that a target
 * renders counts as rendered, with whatever the target's own kustomization, parent object
 * or variables made of it.
 */
export function withRendered(
  units: readonly Unit[],
  rendered: readonly Rendered[],
  sources: ReadonlyMap<string, SourceFile>,
): Unit[] {
  let all = [...units];
  for (const { target, manifests, files } of rendered) {
    if (target.clusters.length === 0) continue;
    const found = manifests.flatMap((manifest) =>
      syncedPathsOf(manifest).map((synced) => ({ synced, manifest })),
    );
    if (found.length === 0) continue;
    const read = new Set(files);
    const names = new Set(found.map(({ manifest }) => keyOf(manifest)));
    const own = files.flatMap((file) => objectsIn(file, sources.get(file)?.documents ?? []));
    for (const cluster of target.clusters) {
      all = all.filter(
        (one) =>
          one.cluster !== cluster || !read.has(one.object.file) || !names.has(keyOf(one.manifest)),
      );
      for (const { synced, manifest } of found) {
        const written = own.filter((one) => keyOf(one.manifest) === keyOf(manifest));
        const file = manifest.origin?.file ?? files[0] ?? target.path;
        const object = written[0]?.object ?? { file, document: 0, at: [] };
        all.push({ ...synced, cluster, manifest, object });
      }
    }
  }
  return distinct(all);
}

/** Kustomizations set namespaces, so the name alone tells which object of a file it is. */
function keyOf({ kind, name }: Manifest): string {
  return `${kind}/${name}`;
}

function distinct(units: readonly Unit[]): Unit[] {
  const known = new Map<string, Unit>();
  for (const one of units) {
    const { kind, namespace = '', name } = one.manifest;
    const key = JSON.stringify([one.cluster, kind, namespace, name, one.field]);
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

/** What tells two sets of units apart. */
export function summaryOf(units: readonly Unit[]): string {
  const lines = units.map(({ cluster, path, changes, manifest, engine, recursive }) =>
    JSON.stringify([cluster, engine, manifest.name, path, recursive, changes ?? null]),
  );
  return lines.sort().join('\n');
}
