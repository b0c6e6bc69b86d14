import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { FieldPath, SourceFile } from '../model.ts';
import { fromPointer } from './pointer.ts';

/**
 * What a canary build must leave as it is, because kustomize acts on it: values that
 * patches select or test by, and names that it changes together with their references.
 */
export interface Kept {
  /** Labels, annotations and list keys that something selects by. */
  readonly keys: ReadonlySet<string>;
  /** Fields that a `test` of a JSON patch compares. */
  readonly tested: readonly FieldPath[];
  /** Names that get a hash, a prefix or a suffix, and with them whatever refers to them. */
  readonly names: ReadonlySet<string>;
  /** Names of images that entries of `images` look for. */
  readonly images: ReadonlySet<string>;
  /** Whether `$(NAME)` stands for a value of `vars`. */
  readonly hasVars: boolean;
}

/** Collects what must be kept from all files of a repository that were read as YAML. */
export function keptIn(sources: Iterable<SourceFile>): Kept {
  const found = {
    keys: new Set<string>(),
    tested: [] as FieldPath[],
    names: new Set<string>(),
    images: new Set<string>(),
    hasVars: false,
  };
  const declared = new Set<string>();
  let renames = false;
  for (const { documents } of sources) {
    for (const document of documents) {
      const name = textAt(document, ['metadata', 'name']);
      if (name) declared.add(name);
      collectOperations(document, found.tested);
      if (!isKustomization(document)) continue;
      renames ||= ['namePrefix', 'nameSuffix'].some((key) => textAt(document, [key]));
      found.hasVars ||= listAt(document, ['vars']).length > 0;
      collectFrom(document, found);
    }
  }
  if (renames) for (const name of declared) found.names.add(name);
  return found;
}

function isKustomization(document: unknown): boolean {
  const kind = textAt(document, ['kind']);
  return kind === 'Kustomization' || kind === 'Component' || kind === undefined;
}

function collectFrom(
  document: unknown,
  found: { keys: Set<string>; tested: FieldPath[]; names: Set<string>; images: Set<string> },
): void {
  for (const field of ['configMapGenerator', 'secretGenerator']) {
    for (const entry of listAt(document, [field])) add(found.names, textAt(entry, ['name']));
  }
  for (const entry of listAt(document, ['images'])) add(found.images, textAt(entry, ['name']));
  for (const field of ['patches', 'patchesJson6902']) {
    for (const entry of listAt(document, [field])) {
      collectSelector(textAt(entry, ['target', 'labelSelector']), found.keys);
      collectSelector(textAt(entry, ['target', 'annotationSelector']), found.keys);
      const inline = textAt(entry, ['patch']);
      if (!inline?.includes('test')) continue;
      for (const one of readYaml(inline, '').documents) collectOperations(one, found.tested);
    }
  }
  for (const entry of listAt(document, ['replacements'])) {
    for (const [, key] of JSON.stringify(entry).matchAll(/\[([^\]="]+)=/g)) add(found.keys, key);
  }
}

function add(set: Set<string>, value: string | undefined): void {
  if (value) set.add(value);
}

/** The keys of `a=b,c in (d,e),!f`. */
function collectSelector(selector: string | undefined, keys: Set<string>): void {
  for (const part of (selector ?? '').replaceAll(/\([^)]*\)/g, '').split(',')) {
    add(keys, /^\s*!?\s*([A-Za-z0-9][\w./-]*)/.exec(part)?.[1]);
  }
}

function collectOperations(document: unknown, tested: FieldPath[]): void {
  if (!Array.isArray(document)) return;
  for (const operation of document) {
    const pointer = textAt(operation, ['path']);
    const isTest = textAt(operation, ['op']) === 'test';
    // Testing for null asks whether anything is there; what, does not matter.
    if (!isTest || pointer === undefined || valueAt(operation, ['value']) === null) continue;
    tested.push(fromPointer(pointer));
  }
}

/** List keys by which strategic merges find their item. */
const mergeKeys: ReadonlySet<string> = new Set([
  'name',
  'containerPort',
  'port',
  'mountPath',
  'devicePath',
  'ip',
  'type',
  'topologyKey',
  'whenUnsatisfiable',
  'uid',
]);

const identityKeys: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'apiGroup',
  'namespace',
  'protocol',
]);

const directives: readonly string[] = ['kustomize.config.k8s.io/', 'config.kubernetes.io/'];

/**
 * Whether the value of a field stays as it is in a canary build.
 *
 * @param path the field in its object
 * @param parent the mapping or list that holds it
 */
export function isKept(path: FieldPath, value: unknown, parent: unknown, kept: Kept): boolean {
  if (value === null || value === '') return true;
  const key = path.at(-1);
  const holder = path.at(-2);
  if (path.some((step) => step === 'finalizers' || String(step).startsWith('$'))) return true;
  if (path[0] === 'metadata' && path.length === 2 && /^(name|generateName)$/.test(String(key))) {
    return true;
  }
  if (typeof key === 'string') {
    if (identityKeys.has(key)) return true;
    if (mergeKeys.has(key) && typeof holder === 'number') return true;
    if (kept.keys.has(key) && (typeof holder === 'number' || isLabels(holder))) return true;
    if (key === 'name' && isRecord(parent) && 'namespace' in parent) return true;
    if (directives.some((one) => key.includes(one))) return true;
  }
  if (typeof value === 'string') {
    if (kept.names.has(value)) return true;
    if (kept.hasVars && value.includes('$(')) return true;
  }
  return kept.tested.some((tested) => isBelow(path, tested));
}

function isLabels(step: string | number | undefined): boolean {
  return step === 'labels' || step === 'annotations' || step === 'pairs';
}

/** Items of lists may stand at another place in the source. */
function isBelow(path: FieldPath, tested: FieldPath): boolean {
  return (
    tested.length <= path.length &&
    tested.every((step, index) => {
      const other = path[index];
      return step === other || (typeof step === 'number' && typeof other === 'number');
    })
  );
}
