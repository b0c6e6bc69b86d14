import { isRecord, listAt, recordAt, textAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import { describe as nameOf } from '../../scripts/kubernetes/manifests.ts';
import type { Manifest } from '../../scripts/model.ts';
import type { Check } from './system.ts';

/** The Secret is produced with exactly these keys. */
export function secretKeys(name: string, ...keys: readonly string[]): Check {
  return ({ manifests }) => {
    const produced = producedBy(manifests).get(name);
    if (!produced) return [`nothing produces Secret ${name}`];
    return [
      ...keys.filter((key) => !produced.has(key)).map((key) => `Secret ${name} has no ${key}`),
      ...[...produced]
        .filter((key) => !keys.includes(key))
        .map((key) => `Secret ${name} has ${key}, which the table does not name`),
    ];
  };
}

/** Every Secret and key that something consumes is produced. */
export const consumedSecretsAreProduced: Check = ({ manifests }) => {
  const produced = producedBy(manifests);
  return manifests.flatMap((manifest) =>
    [...consumedBy(manifest.data)].flatMap(({ name, key }) => {
      const keys = produced.get(name);
      if (!keys) return [`${nameOf(manifest)} consumes Secret ${name}, which nothing produces`];
      return key === undefined || keys.has(key)
        ? []
        : [`${nameOf(manifest)} consumes ${key} of Secret ${name}, which nothing produces`];
    }),
  );
};

/** Every key in the store begins with the environment. */
export const remoteKeysNameTheEnvironment: Check = ({ manifests, environment }) =>
  manifests
    .filter(({ kind }) => kind === 'ExternalSecret')
    .flatMap(({ data }) => listAt(data, ['spec', 'data']))
    .map((entry) => textAt(entry, ['remoteRef', 'key']) ?? '')
    .filter((key) => !key.startsWith(`${environment}/`))
    .map((key) => `${key} is no key of ${environment}`);

/** The keys of every Secret by its name. */
function producedBy(manifests: readonly Manifest[]): Map<string, Set<string>> {
  const produced = new Map<string, Set<string>>();
  for (const { kind, name, data } of manifests) {
    if (kind === 'ExternalSecret') {
      produced.set(textAt(data, ['spec', 'target', 'name']) ?? name, externalKeys(data));
    }
    if (kind === 'SealedSecret') {
      produced.set(name, new Set(Object.keys(recordAt(data, ['spec', 'encryptedData']))));
    }
  }
  return produced;
}

function externalKeys(data: unknown): Set<string> {
  const fetched = listAt(data, ['spec', 'data']).map((entry) => textAt(entry, ['secretKey']) ?? '');
  const template = recordAt(data, ['spec', 'target', 'template', 'data']);
  const made = Object.keys(template);
  const used = Object.values(template).flatMap((text) =>
    [...String(text).matchAll(/\{\{-?\s*\.(\w+)/g)].map(([, key = '']) => key),
  );
  // A template that uses what was not fetched makes no Secret at all.
  if (used.some((key) => !fetched.includes(key))) return new Set();
  const merges = textAt(data, ['spec', 'target', 'template', 'mergePolicy']) === 'Merge';
  return new Set(made.length > 0 && !merges ? made : [...fetched, ...made]);
}

interface Consumed {
  readonly name: string;
  readonly key?: string;
}

/** What an object reads from Secrets, wherever in it that is said. */
function* consumedBy(value: unknown): Generator<Consumed> {
  if (Array.isArray(value)) for (const item of value) yield* consumedBy(item);
  if (!isRecord(value)) return;
  for (const [field, one] of Object.entries(value)) {
    const name = textAt(one, ['name']);
    const key = textAt(one, ['key']);
    if (field === 'secretKeyRef' && name) yield { name, ...(key && { key }) };
    if (field === 'secretRef' && name) yield { name };
    const volume = field === 'secret' ? (textAt(one, ['secretName']) ?? name) : undefined;
    if (volume) {
      yield { name: volume };
      for (const item of listAt(one, ['items'])) {
        yield { name: volume, key: String(valueAt(item, ['key'])) };
      }
    }
    if (field === 'secretTargetRef') {
      for (const entry of listAt(value, [field])) {
        yield { name: String(valueAt(entry, ['name'])), key: String(valueAt(entry, ['key'])) };
      }
    }
    yield* consumedBy(one);
  }
}
