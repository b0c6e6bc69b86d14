import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import type { Certainty, FieldPath, Location, Manifest, SourceFile } from '../model.ts';

/** Where a field of a manifest was written, as far as its declaring file tells. */
export interface Declared {
  readonly location: Location;
  readonly certainty: Certainty;
}

/**
 * Locates a field without a canary build: in the only file that declares such an object.
 *
 * @param files the files that may declare it
 */
export function locateDeclared(
  manifest: Manifest,
  path: FieldPath,
  files: readonly SourceFile[],
): Declared | undefined {
  const key = keyOf(manifest.apiVersion, manifest.kind, manifest.name);
  const declaring = files.flatMap((source) =>
    (indexOf(source).get(key) ?? []).map((index) => ({
      source,
      document: source.documents[index],
      index,
    })),
  );
  const [only, another] = declaring;
  if (!only || (another && manifest.target?.kind === 'kustomization')) return undefined;
  const { source, document, index } = only;
  const written = pathIn(document, path, manifest.data);
  const { location, found } = openLocator(source.text, source.path).locate(index, written);
  // Nothing has touched a plain manifest between its file and the cluster.
  const isAsWritten = manifest.target?.kind !== 'kustomization';
  const isExact = found && written.length === path.length && isAsWritten;
  return { location, certainty: isExact ? 'exact' : 'resource' };
}

const indexes = new WeakMap<SourceFile, ReadonlyMap<string, readonly number[]>>();

/** The documents of a file by what they declare, told once a file. */
function indexOf(source: SourceFile): ReadonlyMap<string, readonly number[]> {
  const known = indexes.get(source);
  if (known) return known;
  const index = new Map<string, number[]>();
  for (const [at, document] of source.documents.entries()) {
    const [apiVersion, kind] = [textAt(document, ['apiVersion']), textAt(document, ['kind'])];
    const key = keyOf(apiVersion, kind, textAt(document, ['metadata', 'name']));
    const same = index.get(key);
    if (same) same.push(at);
    else index.set(key, [at]);
  }
  indexes.set(source, index);
  return index;
}

function keyOf(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts);
}

/** A rendered list may have its items in other places than the source: they keep their names. */
function pathIn(source: unknown, path: FieldPath, rendered: unknown): FieldPath {
  let at: FieldPath = [];
  for (const [depth, step] of path.entries()) {
    const list = listAt(source, at);
    const item = valueAt(rendered, path.slice(0, depth + 1));
    const isNamed = typeof step === 'number' && isRecord(item) && item.name !== undefined;
    const index = isNamed ? list.findIndex((one) => textAt(one, ['name']) === item.name) : step;
    if (index === -1) return at;
    at = [...at, index];
  }
  return at;
}
