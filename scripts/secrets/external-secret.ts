import { isRecord, listAt, recordAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { generatorKeys } from './generator-keys.ts';

/** The spec of an ExternalSecret, or the one inside a ClusterExternalSecret. */
export interface ExternalSecretSpec {
  readonly data: Readonly<Record<string, unknown>>;
  readonly path: FieldPath;
  /** Name of the ExternalSecret, and of the Secret unless `target.name` says otherwise. */
  readonly name: string;
}

/** The spec of an ExternalSecret in a manifest; none for other kinds. */
export function externalSecretSpecOf(manifest: Manifest): ExternalSecretSpec | undefined {
  if (groupOf(manifest.apiVersion) !== 'external-secrets.io') return undefined;
  if (manifest.kind === 'ExternalSecret') {
    return { data: recordAt(manifest.data, ['spec']), path: ['spec'], name: manifest.name };
  }
  if (manifest.kind !== 'ClusterExternalSecret') return undefined;
  const name = textAt(manifest.data, ['spec', 'externalSecretName']) ?? manifest.name;
  const path = ['spec', 'externalSecretSpec'];
  return { data: recordAt(manifest.data, path), path, name };
}

/** The name of the Secret; undefined where another kind of object is made. */
export function targetNameOf({ data, name }: ExternalSecretSpec): string | undefined {
  const made = recordAt(data, ['target', 'manifest']);
  const isSecret =
    Object.keys(made).length === 0 || (made.kind === 'Secret' && made.apiVersion === 'v1');
  return isSecret ? (textAt(data, ['target', 'name']) ?? name) : undefined;
}

/** What the fields of an ExternalSecret give, and what its Secret has in the end. */
export interface ComputedKeys {
  /** Keys that are fetched. */
  readonly fetched: ReadonlySet<string>;
  /** Whether more are fetched than can be named. */
  readonly fetchesMore: boolean;
  /** Keys of the Secret. */
  readonly keys: ReadonlySet<string>;
  /** Whether the Secret may have more. */
  readonly open: boolean;
  /** Fetched, and not in the Secret: with `mergePolicy: Replace` only the template's keys are. */
  readonly dropped: ReadonlySet<string>;
}

/** Computes the keys of the Secret that an ExternalSecret makes, as the operator does. */
export function computeKeys(spec: ExternalSecretSpec['data']): ComputedKeys {
  const { fetched, fetchesMore } = fetchedKeys(spec);
  const template = recordAt(spec, ['target', 'template']);
  const own = Object.keys(recordAt(template, ['data']));
  const from = listAt(template, ['templateFrom']);
  if (own.length === 0 && from.length === 0) {
    return { fetched, fetchesMore, keys: fetched, open: fetchesMore, dropped: new Set() };
  }
  // The templates that are read from elsewhere bring keys that only the cluster knows.
  const addsMore = from.some((one) => (textAt(one, ['target']) ?? 'Data') === 'Data');
  const merges = template.mergePolicy === 'Merge';
  const keys = new Set([...(merges ? fetched : []), ...own]);
  return {
    fetched,
    fetchesMore,
    keys,
    open: addsMore || (merges && fetchesMore),
    dropped: addsMore ? new Set() : new Set([...fetched].filter((key) => !keys.has(key))),
  };
}

function fetchedKeys(spec: ExternalSecretSpec['data']) {
  const fetched = new Set<string>();
  let fetchesMore = false;
  for (const entry of listAt(spec, ['data'])) {
    const key = textAt(entry, ['secretKey']);
    if (key) fetched.add(key);
  }
  for (const entry of listAt(spec, ['dataFrom'])) {
    const generator = textAt(entry, ['sourceRef', 'generatorRef', 'kind']);
    const keys = generator === undefined ? undefined : generatorKeys[generator];
    if (keys && listAt(entry, ['rewrite']).length === 0) for (const key of keys) fetched.add(key);
    else fetchesMore ||= isRecord(entry);
  }
  return { fetched, fetchesMore };
}

/** Whether every value comes from a generator, so that no store is needed. */
export function onlyGenerates(spec: ExternalSecretSpec['data']): boolean {
  const from = listAt(spec, ['dataFrom']);
  return (
    listAt(spec, ['data']).length === 0 &&
    from.length > 0 &&
    from.every((entry) => valueAt(entry, ['sourceRef', 'generatorRef']) !== undefined)
  );
}

/** `Owner` unless the ExternalSecret says otherwise. */
export function creationPolicyOf(spec: ExternalSecretSpec['data']): string {
  return textAt(spec, ['target', 'creationPolicy']) ?? 'Owner';
}
