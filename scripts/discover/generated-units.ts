import { syncedPathsOf } from '../kubernetes/sync-objects.ts';
import type { FieldPath, Manifest, Rendered, SourceFile, WrittenObject } from '../model.ts';
import { applicationsOf } from '../sync/application-set/applications.ts';
import type { SetContext } from '../sync/application-set/set-context.ts';
import { ownRepositories, type Wired } from '../sync/own-repositories.ts';
import { placeOf } from '../sync/place-of.ts';
import { registeredClusters } from '../sync/registered-clusters.ts';
import type { TargetContext } from './targets.ts';
import { objectsIn, type Unit } from './units.ts';

/** An ApplicationSet of a cluster. */
interface PlacedSet extends Wired {
  readonly object: WrittenObject;
}

/**
 * The units of clusters with the Applications that ApplicationSets make. A rendered ApplicationSet
 * counts as rendered, and for the one in the file that it is made of.
 */
export function withGenerated(
  { clusters, files, sources }: Pick<TargetContext, 'clusters' | 'files' | 'sources'>,
  units: readonly Unit[] = clusters.flatMap((one) => one.units),
  rendered: readonly Rendered[] = [],
): Unit[] {
  const known = new Set(files);
  const read = (path: string): SourceFile | undefined =>
    known.has(path) ? sources.read(path) : undefined;
  const written = clusters.flatMap(({ cluster, manifestFiles }) =>
    manifestFiles
      .flatMap((file) => objectsIn(file, read(file)?.documents ?? []))
      .map((one) => ({ ...one, cluster: cluster.name })),
  );
  const built = rendered.flatMap((one) => placedIn(one, read));
  const sets = new Map(
    [...written, ...built]
      .filter(({ manifest }) => manifest.kind === 'ApplicationSet')
      .map((one) => [`${one.cluster} ${one.manifest.namespace}/${one.manifest.name}`, one]),
  );
  if (sets.size === 0) return [...units];
  const wiring: readonly Wired[] = [...written, ...built];
  const isOwn = ownRepositories(wiring, files);
  const made = [...sets.values()].flatMap((set) => {
    const own = wiring.filter(({ cluster }) => cluster === set.cluster);
    const registered = registeredClusters(own.map(({ manifest }) => manifest));
    return unitsOf(set, { files, read, isOwn, registered });
  });
  const names = new Set(made.map(keyOf));
  return [...units.filter((one) => !names.has(keyOf(one))), ...made];
}

function keyOf({ cluster, manifest, field }: Unit): string {
  return JSON.stringify([cluster, manifest.kind, manifest.namespace, manifest.name, field]);
}

function unitsOf({ cluster, manifest: set, object }: PlacedSet, context: SetContext): Unit[] {
  return applicationsOf(set, context).applications.flatMap(({ manifest, generated }) => {
    const unit = { declared: { manifest: set, also: [], generated }, data: manifest.data };
    const inSet = (path: FieldPath): FieldPath => placeOf(unit, path).path;
    return syncedPathsOf(manifest).map(({ changes, ...synced }) => ({
      ...synced,
      field: inSet(synced.field),
      ...(changes && {
        changes: {
          ...changes,
          edits: changes.edits.map((edit) => ({ ...edit, at: inSet(edit.at) })),
        },
      }),
      cluster,
      manifest,
      object,
    }));
  });
}

/** What a target renders, each with the object of a file that it is made of, as far as is told. */
function placedIn(
  { target, manifests, files }: Rendered,
  read: (path: string) => SourceFile | undefined,
): PlacedSet[] {
  const sets = manifests.some(({ kind }) => kind === 'ApplicationSet');
  const own = sets ? files.flatMap((file) => objectsIn(file, read(file)?.documents ?? [])) : [];
  const nowhere = { file: files[0] ?? target.path, document: 0, at: [] };
  return target.clusters.flatMap((cluster) =>
    manifests.map((manifest: Manifest) => {
      const same = own.find((one) => isSame(one.manifest, manifest));
      return { cluster, manifest, object: same?.object ?? nowhere };
    }),
  );
}

function isSame(a: Manifest, b: Manifest): boolean {
  return a.kind === b.kind && a.name === b.name;
}
