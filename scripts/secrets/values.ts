import { isRecord, listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { childrenOf } from './paths.ts';
import { containersIn, podSpecOf } from './pod-specs.ts';
import { type Sensitive, sensitive } from './sensitive.ts';

/** A text in a manifest that may be, or hold, a secret. */
export interface ManifestValue {
  readonly value: Sensitive;
  readonly path: FieldPath;
  /** The name that it goes by: of the variable, the flag, the key. */
  readonly name: string;
  /** What kind of place it is; `text` is any other string. */
  readonly place: 'env' | 'argument' | 'config' | 'secret' | 'annotation' | 'chart' | 'text';
  /** The container, for env and arguments. */
  readonly container?: string;
}

const known = new WeakMap<Manifest, readonly ManifestValue[]>();

/** Every text of a manifest that is worth a look, read once for all rules. */
export function valuesOf(manifest: Manifest): readonly ManifestValue[] {
  let values = known.get(manifest);
  if (!values) {
    values = readValues(manifest);
    known.set(manifest, values);
  }
  return values;
}

/** Ciphertext, digests and generated things: as random as any secret, and none. */
const skippedFields: ReadonlySet<string> = new Set([
  'image',
  'caBundle',
  'encryptedData',
  'managedFields',
  'remoteRef',
  'sops',
  'status',
]);
const skippedAnnotation = /checksum|hash|digest|sha256|last-applied-configuration/i;
const skippedKinds: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'SealedSecret']);
const certificate = /\.(crt|cert|cer|pub)$|^(ca\.crt|tls\.crt|ca-bundle.*)$/;

function readValues(manifest: Manifest): ManifestValue[] {
  const { kind, data } = manifest;
  if (skippedKinds.has(kind) && groupOf(manifest.apiVersion) !== '') return [];
  const named = namedValues(manifest);
  const taken = new Set(named.map(({ path }) => path.join('\0')));
  // Only below these can a text have been taken already.
  const lengths = new Set(named.map(({ path }) => path.length));
  const values = [...named];
  const waiting = [...childrenOf({ value: data, path: [] })].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next;
    const name = String(path.at(-1));
    if (skippedFields.has(name) || certificate.test(name)) continue;
    if (path.length === 3 && path[1] === 'annotations' && skippedAnnotation.test(name)) continue;
    if (typeof value !== 'string') waiting.push(...childrenOf(next).reverse());
    else if (value !== '' && !(lengths.has(path.length) && taken.has(path.join('\0')))) {
      values.push({ value: sensitive(value), path, name, place: 'text' });
    }
  }
  return values;
}

/** The texts whose name tells what they are. */
function namedValues(manifest: Manifest): ManifestValue[] {
  const { kind, data } = manifest;
  const group = groupOf(manifest.apiVersion);
  const pod = podSpecOf(manifest);
  return [
    ...(pod ? containersIn(pod).flatMap(containerValues) : []),
    ...(group === '' && kind === 'ConfigMap'
      ? [...entries(data, ['data'], 'config'), ...entries(data, ['binaryData'], 'config')]
      : []),
    ...(group === '' && kind === 'Secret'
      ? [...decoded(data, ['data']), ...entries(data, ['stringData'], 'secret')]
      : []),
    ...entries(data, ['metadata', 'annotations'], 'annotation').filter(
      ({ name }) => !skippedAnnotation.test(name),
    ),
    ...(kind === 'HelmRelease' ? chartValues(recordAt(data, ['spec', 'values'])) : []),
  ];
}

function entries(data: unknown, path: FieldPath, place: ManifestValue['place']): ManifestValue[] {
  return Object.entries(recordAt(data, path)).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && !certificate.test(name)
      ? [{ value: sensitive(value), path: [...path, name], name, place }]
      : [],
  );
}

function decoded(data: unknown, path: FieldPath): ManifestValue[] {
  return entries(data, path, 'secret').map((one) => ({
    ...one,
    value: sensitive(Buffer.from(String(recordAt(data, path)[one.name]), 'base64').toString()),
  }));
}

function containerValues({ name, data, path }: ReturnType<typeof containersIn>[number]) {
  const env = listAt(data, ['env']).flatMap((entry, index): ManifestValue[] => {
    const value = textAt(entry, ['value']);
    const at = [...path, 'env', index, 'value'];
    return value
      ? [
          {
            value: sensitive(value),
            path: at,
            name: textAt(entry, ['name']) ?? '',
            place: 'env',
            container: name,
          },
        ]
      : [];
  });
  return [...env, ...['command', 'args'].flatMap((field) => flags(data, field, path, name))];
}

/** `--password=x`, and `--password x` in two items. */
function flags(data: unknown, field: string, path: FieldPath, container: string): ManifestValue[] {
  const list = listAt(data, [field]);
  return list.flatMap((item, index): ManifestValue[] => {
    if (typeof item !== 'string') return [];
    const [, flag, joined] = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]+))?$/.exec(item) ?? [];
    const next = list[index + 1];
    const value = joined ?? (typeof next === 'string' && !next.startsWith('-') ? next : undefined);
    if (flag === undefined || value === undefined) return [];
    const at = [...path, field, joined === undefined ? index + 1 : index];
    return [{ value: sensitive(value), path: at, name: flag, place: 'argument', container }];
  });
}

/** The leaves of a chart's values, by the key that holds them. */
function chartValues(values: unknown): ManifestValue[] {
  const found: ManifestValue[] = [];
  const waiting = childrenOf({ value: values, path: [] });
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { value, path } = next;
    if (typeof value === 'string' && value !== '') {
      const at = ['spec', 'values', ...path];
      found.push({ value: sensitive(value), path: at, name: String(path.at(-1)), place: 'chart' });
    } else if (isRecord(value) || Array.isArray(value)) waiting.push(...childrenOf(next));
  }
  return found;
}
