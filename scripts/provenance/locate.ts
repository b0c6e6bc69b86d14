import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { type FieldLocator, openLocator } from '../kubernetes/locate-field.ts';
import type { Certainty, FieldPath, Location, Manifest, Origin, SourceFile } from '../model.ts';

/** Where a field of a manifest was written, as far as can be told. */
interface Provenance {
  readonly location: Location;
  readonly certainty: Certainty;
}

/** Finds the written place of a field. */
export type Locate = (manifest: Manifest, path: FieldPath) => Provenance;

/**
 * Makes the one function that every finding's location comes from.
 *
 * It names the file that declares the resource, as kustomize's origin annotation tells,
 * and the line of the field or its nearest parent there. A patch that sets the field
 * elsewhere is not seen, so of a kustomization's manifest only the resource is certain.
 */
export function createLocate(
  sources: readonly SourceFile[],
  originOf: (manifest: Manifest) => Origin | undefined,
): Locate {
  const files = new Map(sources.map((source) => [source.path, source]));
  const locators = new Map<string, FieldLocator>();
  const locatorOf = ({ path, text }: SourceFile): FieldLocator => {
    const known = locators.get(path) ?? openLocator(text, path);
    locators.set(path, known);
    return known;
  };
  return (manifest, path) => {
    const origin = originOf(manifest);
    const source = files.get(origin?.file ?? '');
    if (!origin || !source) return inFile(origin?.file || (manifest.target?.path ?? ''));
    const { generator } = origin;
    if (generator) return locateGenerated(manifest, path, generator, source, locatorOf(source));
    const index = findDocument(manifest, source.documents);
    if (index === undefined) return inFile(source.path);
    const written = pathInSource(path, manifest.data, source.documents[index]);
    const { location, found } = locatorOf(source).locate(index, written);
    const isExact = found && written.length === path.length && isAsWritten(manifest);
    return { location, certainty: isExact ? 'exact' : 'resource' };
  };
}

function inFile(file: string): Provenance {
  return { location: { file, line: 1, column: 1 }, certainty: 'file' };
}

/** Nothing has touched the manifest between its file and the cluster. */
function isAsWritten({ target }: Manifest): boolean {
  return target === undefined || target.kind === 'manifests';
}

/** The document of a file that declares a manifest, whose name a transformer may have changed. */
function findDocument(
  { apiVersion, kind, name }: Manifest,
  documents: readonly unknown[],
): number | undefined {
  const sameKind = documents.flatMap((document, index) =>
    textAt(document, ['apiVersion']) === apiVersion && textAt(document, ['kind']) === kind
      ? [index]
      : [],
  );
  const named = sameKind.filter((index) => textAt(documents[index], ['metadata', 'name']) === name);
  if (named.length > 0) return named[0];
  const [only, another] = sameKind;
  return another === undefined ? only : undefined;
}

/** A rendered list may have its items in other places than the source: they keep their names. */
function pathInSource(path: FieldPath, rendered: unknown, source: unknown): FieldPath {
  let at: FieldPath = [];
  for (const [depth, step] of path.entries()) {
    const list = listAt(source, at);
    if (typeof step === 'number' && list.length > 0) {
      const item = valueAt(rendered, path.slice(0, depth + 1));
      const index = indexInSource(item, step, list);
      if (index === undefined) return at;
      at = [...at, index];
    } else {
      at = [...at, step];
    }
  }
  return at;
}

const identifyingKeys = [
  'name',
  'containerPort',
  'port',
  'mountPath',
  'secretKey',
  'host',
  'alert',
];

function indexInSource(item: unknown, step: number, list: readonly unknown[]): number | undefined {
  if (!isRecord(item)) return step < list.length ? step : undefined;
  const key = identifyingKeys.find((one) => item[one] !== undefined);
  if (key === undefined) return step < list.length ? step : undefined;
  const index = list.findIndex((one) => isRecord(one) && one[key] === item[key]);
  if (index >= 0) return index;
  // Its own key may be what was changed; a list of the same length has it in the same place.
  return step < list.length && isRecord(list[step]) && !('name' in item) ? step : undefined;
}

const generatorFields: Readonly<Record<string, string>> = {
  ConfigMapGenerator: 'configMapGenerator',
  SecretGenerator: 'secretGenerator',
};

/** The generator's entry, and in it the literal that sets the key in question. */
function locateGenerated(
  { name }: Manifest,
  path: FieldPath,
  generator: string,
  source: SourceFile,
  locator: FieldLocator,
): Provenance {
  const field = generatorFields[generator];
  const entries = field ? listAt(source.documents[0], [field]) : [];
  const index = entries.findIndex((entry) => {
    const written = textAt(entry, ['name']);
    return written !== undefined && (name === written || name.startsWith(`${written}-`));
  });
  if (!field || index < 0) return inFile(source.path);
  const [top, key] = path;
  const literals = listAt(source.documents[0], [field, index, 'literals']);
  const literal = literals.findIndex((one) => String(one).startsWith(`${key}=`));
  const written =
    top === 'data' && key !== undefined && literal >= 0
      ? [field, index, 'literals', literal]
      : [field, index, 'name'];
  return { location: locator.locate(0, written).location, certainty: 'resource' };
}
