import { posix } from 'node:path';
import { isRecord, listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import { kustomizationNames } from '../../kubernetes/kustomization.ts';
import { manifestsOf } from '../../kubernetes/manifests.ts';
import { matches, type Selectable, selects } from '../../kubernetes/patch-target.ts';
import type { SourceFile } from '../../model.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An object as the patches of a kustomization meet it. */
export interface PatchedObject {
  readonly object: Selectable;
  /** As it is written and as it is called by then; kustomize asks for no name in between. */
  readonly names: readonly string[];
  readonly namespaces: readonly string[];
  readonly labels: Fields;
  readonly annotations: Fields;
}

/** Follows objects from their files to the patches of a kustomization; nothing where that is not sure. */
export function patchedObjects(
  file: string,
  files: readonly SourceFile[],
): readonly PatchedObject[] | undefined {
  const byPath = new Map(files.map((one) => [one.path, one]));
  const value = kustomizationAt(file, byPath);
  return value && collected(file, value, byPath, [], 0);
}

type Files = ReadonlyMap<string, SourceFile>;

/** What makes, changes or renames objects in ways that are not followed. */
const unknown = [
  'bases',
  'buildMetadata',
  'configurations',
  'generators',
  'helmChartInflationGenerator',
  'helmCharts',
  'openapi',
  'transformers',
];

function kustomizationAt(file: string, files: Files): Fields | undefined {
  const [value] = files.get(file)?.documents ?? [];
  if (!isRecord(value) || unknown.some((field) => value[field] !== undefined)) return undefined;
  return value;
}

/** Folders may be nested as deep as nobody writes them, or include each other. */
const deepest = 20;

/** @param given the objects of whoever includes a component */
function collected(
  file: string,
  value: Fields,
  files: Files,
  given: readonly PatchedObject[],
  depth: number,
): readonly PatchedObject[] | undefined {
  let objects = given;
  for (const field of ['resources', 'components']) {
    // Components act on what is generated, too.
    if (field === 'components') objects = [...objects, ...generated(value)];
    for (const entry of listAt(value, [field])) {
      if (typeof entry !== 'string' || depth > deepest) return undefined;
      const path = posix.normalize(posix.join(posix.dirname(file), entry)).replace(/\/$/, '');
      const written = files.get(path);
      if (written) {
        objects = [...objects, ...manifestsOf(written.documents, {}).map(asWritten)];
        continue;
      }
      const below = kustomizationNames
        .map((name) => posix.join(path, name))
        .find((one) => files.has(one));
      const inner = below && kustomizationAt(below, files);
      if (!below || !inner) return undefined;
      // A component acts on all that is there, a base on its own.
      const isComponent = field === 'components';
      const made = collected(below, inner, files, isComponent ? objects : [], depth + 1);
      if (!made) return undefined;
      const after = made.map((one) => afterwards(one, inner));
      objects = isComponent ? after : [...objects, ...after];
    }
  }
  return objects;
}

function asWritten(object: Selectable): PatchedObject {
  const labels = recordAt(object.data, ['metadata', 'labels']);
  const annotations = recordAt(object.data, ['metadata', 'annotations']);
  const namespaces = [object.namespace ?? 'default'];
  return { object, names: [object.name], namespaces, labels, annotations };
}

function generated(value: Fields): PatchedObject[] {
  const kinds = { configMapGenerator: 'ConfigMap', secretGenerator: 'Secret' };
  return Object.entries(kinds).flatMap(([field, kind]) =>
    listAt(value, [field]).map((entry) => {
      const metadata = Object.fromEntries(
        ['labels', 'annotations'].map((one) => [
          one,
          {
            ...recordAt(value, ['generatorOptions', one]),
            ...recordAt(entry, ['options', one]),
          },
        ]),
      );
      const namespace = textAt(entry, ['namespace']);
      const name = textAt(entry, ['name']) ?? '';
      const data = { metadata };
      return asWritten({ apiVersion: 'v1', kind, name, ...(namespace && { namespace }), data });
    }),
  );
}

/** An object after the transformers of a kustomization, all of which come after its patches. */
export function afterwards(one: PatchedObject, value: Fields): PatchedObject {
  const { object, names, namespaces } = one;
  const namespace = textAt(value, ['namespace']);
  const name = names.at(-1) ?? '';
  const longer = `${textAt(value, ['namePrefix']) ?? ''}${name}${textAt(value, ['nameSuffix']) ?? ''}`;
  const isNamespace = object.kind === 'Namespace';
  // Of these some keep their names.
  const isSpecial = isNamespace || /^(CustomResourceDefinition|APIService)$/.test(object.kind);
  const others = [...names, ...(isNamespace && namespace ? [namespace] : [])];
  const pairs = listAt(value, ['labels']).map((entry) => recordAt(entry, ['pairs']));
  return {
    object,
    names: isSpecial ? [...new Set([...others, longer])] : [object.name, longer],
    namespaces: namespace ? [namespaces[0] ?? 'default', namespace] : namespaces,
    labels: Object.assign({}, one.labels, recordAt(value, ['commonLabels']), ...pairs),
    annotations: { ...one.annotations, ...recordAt(value, ['commonAnnotations']) },
  };
}

/** Whether the target of a patch takes an object as the patch meets it. */
export function isTaken(target: Fields, one: PatchedObject): boolean {
  const { namespace, ...rest } = target;
  const { object, names, namespaces, labels, annotations } = one;
  const wanted = typeof namespace === 'string' ? namespace : undefined;
  const data = { metadata: { labels, annotations } };
  return (
    namespaces.some((own) => matches(wanted, own)) && selects(rest, { ...object, data }, names)
  );
}
