import { type Fault, type Fields, fieldsOf, isBlank, listed } from '../faults.ts';
import { isRecord, valueAt } from '../fields.ts';
import { dataKey, named } from '../names.ts';

/** What a ConfigMap or Secret holds at most, in bytes. */
const mostBytes = 1_048_576;

/** A ConfigMap: ValidateConfigMap of pkg/apis/core/validation. */
export function* configMapFaults(object: Fields): Generator<Fault> {
  const data = fieldsOf(object.data);
  const binaryData = fieldsOf(object.binaryData);
  yield* keyFaults(data, 'data');
  yield* keyFaults(binaryData, 'binaryData');
  for (const key of Object.keys(binaryData)) {
    if (!Object.hasOwn(data, key)) continue;
    yield { path: ['binaryData', key], message: `key "${key}" stands in data, too` };
  }
  yield* sizeFaults(textBytes(data) + binaryBytes(binaryData));
}

/** A Secret: ValidateSecret of pkg/apis/core/validation. Values are looked at and never shown. */
export function* secretFaults(object: Fields): Generator<Fault> {
  const data = fieldsOf(object.data);
  const stringData = fieldsOf(object.stringData);
  yield* hiddenKeyFaults(data, 'data');
  yield* hiddenKeyFaults(stringData, 'stringData');
  yield* typeFaults(object, { ...data, ...stringData });
  // What SOPS has encrypted is larger than what the cluster gets.
  if ('sops' in object) return;
  const overwritten = Object.keys(data).filter((key) => Object.hasOwn(stringData, key));
  const rest = Object.fromEntries(
    Object.entries(data).filter(([key]) => !overwritten.includes(key)),
  );
  yield* sizeFaults(binaryBytes(rest) + textBytes(stringData));
  yield* dockerFaults(object, data, stringData);
}

const keysOfTypes: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

function wantedKeys(type: unknown): readonly string[] {
  const isKnown = typeof type === 'string' && Object.hasOwn(keysOfTypes, type);
  return isKnown ? (keysOfTypes[type] ?? []) : [];
}

function* typeFaults(object: Fields, values: Fields): Generator<Fault> {
  const { type } = object;
  if (typeof type !== 'string') return;
  const wanted = wantedKeys(type);
  const missing = wanted.filter((key) => !Object.hasOwn(values, key));
  const path = ['type'];
  if (missing.length > 0) {
    const message = `a Secret of the type ${type} has no ${listed(missing)}`;
    yield { path, message, fix: 'Add the key, or use the type Opaque.' };
  }
  const names = ['username', 'password'];
  if (type === 'kubernetes.io/basic-auth' && !names.some((key) => Object.hasOwn(values, key))) {
    yield { path, message: `a Secret of the type ${type} has neither username nor password` };
  }
  const annotation = ['metadata', 'annotations', 'kubernetes.io/service-account.name'];
  if (type === 'kubernetes.io/service-account-token' && isBlank(valueAt(object, annotation))) {
    const message = `a Secret of the type ${type} has no annotation kubernetes.io/service-account.name`;
    yield { path, message };
  }
}

/** Values of this form are substituted before the API server sees them. */
const placeholder = /\$\{|<path:|\{\{/;

function* dockerFaults(object: Fields, data: Fields, stringData: Fields): Generator<Fault> {
  for (const key of wantedKeys(object.type).filter((one) => one.startsWith('.'))) {
    const isText = Object.hasOwn(stringData, key);
    const value = isText ? stringData[key] : data[key];
    if (typeof value !== 'string' || placeholder.test(value)) continue;
    const text = isText ? value : Buffer.from(value, 'base64').toString();
    if (placeholder.test(text) || isJsonObject(text)) continue;
    const path = [isText ? 'stringData' : 'data', key];
    yield {
      path,
      message: `key "${key}" holds no JSON object`,
      fix: 'Write it with `kubectl create secret docker-registry`.',
    };
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || isRecord(value);
  } catch {
    return false;
  }
}

function* keyFaults(data: Fields, field: string): Generator<Fault> {
  for (const key of Object.keys(data)) yield* named('key', key, [field, key], dataKey);
}

/** A malformed line of a generator's env file becomes a key, so a bad key is not repeated. */
function* hiddenKeyFaults(data: Fields, field: string): Generator<Fault> {
  const [fault] = keyFaults(data, field);
  if (!fault) return;
  const message = 'a key of the Secret has characters that no key may have';
  yield { ...fault, path: [field], message };
}

function* sizeFaults(bytes: number): Generator<Fault> {
  if (bytes <= mostBytes) return;
  yield { path: ['data'], message: `the data has ${bytes} bytes, above ${mostBytes}` };
}

function textBytes(data: Fields): number {
  return sum(data, (text) => Buffer.byteLength(text));
}

function binaryBytes(data: Fields): number {
  return sum(data, (text) => Buffer.byteLength(text, 'base64'));
}

function sum(data: Fields, sizeOf: (text: string) => number): number {
  return Object.values(data).reduce<number>(
    (all, value) => all + (typeof value === 'string' ? sizeOf(value) : 0),
    0,
  );
}
