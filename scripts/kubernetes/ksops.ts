import { posix } from 'node:path';
import type { FieldPath } from '../model.ts';
import { isRecord, listAt, recordAt, textAt, valueAt } from './fields.ts';
import { groupOf } from './manifests.ts';
import { readYaml } from './yaml.ts';

/** An entry under `generators` of a kustomization of which KSOPS makes Secrets. */
export interface KsopsEntry {
  /** Its index under `generators`. */
  readonly index: number;
  /** The file with the generators from the root; absent when they stand in the entry itself. */
  readonly file?: string;
  readonly generators: readonly unknown[];
}

/** A path that a KSOPS generator names, from the folder of the kustomization that names it. */
export interface KsopsReference {
  readonly path: FieldPath;
  readonly value: string;
  /** A file of encrypted objects, or one that becomes keys of a Secret. */
  readonly use: 'resource' | 'data';
}

/** Whether a document asks KSOPS, as a plugin or a function, for what is in encrypted files. */
function isKsops(document: unknown): boolean {
  return (
    isRecord(document) &&
    document.kind === 'ksops' &&
    groupOf(textAt(document, ['apiVersion']) ?? '') === 'viaduct.ai'
  );
}

/**
 * The entries of a kustomization that are KSOPS and nothing else.
 *
 * @param folder the kustomization's folder
 * @param documentsOf what a file holds, by its path from the root; nothing when it is none
 */
export function ksopsEntriesOf(
  kustomization: unknown,
  folder: string,
  documentsOf: (file: string) => readonly unknown[] | undefined,
): KsopsEntry[] {
  return listAt(kustomization, ['generators']).flatMap((value, index) => {
    if (typeof value !== 'string') return [];
    const isInline = value.includes('\n');
    const file = posix.normalize(posix.join(folder, value));
    const generators = isInline ? readYaml(value, '').documents : (documentsOf(file) ?? []);
    if (generators.length === 0 || !generators.every(isKsops)) return [];
    return [{ index, generators, ...(!isInline && { file }) }];
  });
}

/** Every path that a KSOPS generator names. */
export function ksopsReferencesOf(generator: unknown): KsopsReference[] {
  const whole = listAt(generator, ['files']).flatMap((value, index): KsopsReference[] =>
    typeof value === 'string' ? [{ path: ['files', index], value, use: 'resource' }] : [],
  );
  const parts = listAt(generator, ['secretFrom']).flatMap((entry, index) =>
    keyedFilesIn(entry).map(({ at, file }): KsopsReference => {
      return { path: ['secretFrom', index, ...at], value: file, use: 'data' };
    }),
  );
  return [...whole, ...parts];
}

interface KeyedFile {
  readonly at: FieldPath;
  readonly file: string;
  /** The key that the file becomes; absent when each of its lines is a key. */
  readonly key?: string;
}

function keyedFilesIn(entry: unknown): KeyedFile[] {
  return ['files', 'binaryFiles', 'envs'].flatMap((field) =>
    listAt(entry, [field]).flatMap((value, index): KeyedFile[] => {
      if (typeof value !== 'string') return [];
      const equals = field === 'envs' ? -1 : value.indexOf('=');
      const file = value.slice(equals + 1);
      const key = equals > 0 ? value.slice(0, equals) : posix.basename(file);
      return [{ at: [field, index], file, ...(field !== 'envs' && { key }) }];
    }),
  );
}

/**
 * The Secrets that `secretFrom` of a generator makes, with a stand-in for each value.
 *
 * @param textOf a file's text, by its path from the kustomization's folder
 */
export function ksopsSecretsOf(
  generator: unknown,
  textOf: (file: string) => string | undefined,
): Record<string, unknown>[] {
  return listAt(generator, ['secretFrom']).flatMap((entry) => {
    if (!textAt(entry, ['metadata', 'name'])) return [];
    const keys = keyedFilesIn(entry).flatMap(({ file, key }) => key ?? envKeys(textOf(file) ?? ''));
    return [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: recordAt(entry, ['metadata']),
        type: textAt(entry, ['type']) ?? 'Opaque',
        stringData: Object.fromEntries(keys.map((key) => [key, standIn])),
        sops: { mac: standIn },
      },
    ];
  });
}

/** In form what SOPS writes, so that no rule takes it for readable or malformed. */
const standIn = `ENC[AES256_GCM,data:${btoa('ksops')},iv:${btoa('\0'.repeat(32))},tag:${btoa('\0'.repeat(16))},type:str]`;

/** Only of lines that say one: any other line may be the value itself. */
function envKeys(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => /^\s*([-._a-zA-Z][-._a-zA-Z0-9]*)=/.exec(line)?.[1] ?? [])
    .filter((key) => !key.startsWith('sops_'));
}

/** Whether `secretFrom` made a manifest or document: its values are stand-ins. */
export function isKsopsStandIn(document: unknown): boolean {
  return valueAt(document, ['sops', 'mac']) === standIn;
}

/** Whether kustomize can take an encrypted document: SOPS has left what it is and its name. */
export function isNamedObject(document: unknown): boolean {
  return [['apiVersion'], ['kind'], ['metadata', 'name']].every((path) => {
    const text = textAt(document, path);
    return text !== undefined && text !== '' && !text.startsWith('ENC[');
  });
}
