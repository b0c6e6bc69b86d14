import { isRecord, recordAt } from '../../kubernetes/fields.ts';
import { manifestsOf } from '../../kubernetes/manifests.ts';
import type { FieldPath, Manifest, SourceRule } from '../../model.ts';
import {
  isEncryptedValue,
  isSopsDocument,
  looksEncrypted,
  recipientsOf,
  selectors,
} from '../../secrets/sops.ts';

export const metadataValid: SourceRule = {
  id: 'sops/metadata-valid',
  scope: 'source',
  severity: 'error',
  summary: 'A file that SOPS encrypted can be decrypted and applied, as far as its form tells.',
  why: 'An encrypted name cannot be built by kustomize, and a file without MAC or recipients is not decrypted.',
  fix: 'Decrypt it, set `encrypted_regex: ^(data|stringData)$` in `.sops.yaml`, and encrypt it again.',
  docs: 'https://getsops.io/docs/#encrypting-only-parts-of-a-file',
  aliases: ['SOPS102'],

  *check({ path: file, documents }) {
    for (const manifest of manifestsOf(documents, { origin: { file } })) {
      if (!isSopsDocument(manifest.data)) continue;
      for (const { path, message } of faultsIn(manifest)) yield { manifest, path, message };
    }
  },
};

interface Fault {
  readonly path: FieldPath;
  readonly message: string;
}

function* faultsIn({ data, apiVersion, kind, name, namespace }: Manifest): Generator<Fault> {
  const sops = recordAt(data, ['sops']);
  const identity: readonly [FieldPath, string | undefined][] = [
    [['apiVersion'], apiVersion],
    [['kind'], kind],
    [['metadata', 'name'], name],
    [['metadata', 'namespace'], namespace],
  ];
  for (const [path, value] of identity) {
    if (value && looksEncrypted(value)) yield { path, message: `${path.join('.')} is encrypted` };
  }
  const mac = sops.mac;
  if (typeof mac !== 'string' || mac === '') yield { path: ['sops'], message: 'sops has no mac' };
  else if (!isEncryptedValue(mac))
    yield { path: ['sops', 'mac'], message: 'sops.mac is malformed' };
  if (recipientsOf(sops).length === 0) {
    yield { path: ['sops'], message: 'sops names nobody who can decrypt' };
  }
  const set = selectors.filter((one) => sops[one] !== undefined && sops[one] !== '');
  if (set.length > 1) {
    yield { path: ['sops', set[1] ?? ''], message: `${set.join(' and ')} are both set` };
  }
  for (const field of ['data', 'stringData']) {
    const values = recordAt(data, [field]);
    for (const [key, value] of Object.entries(isRecord(values) ? values : {})) {
      if (typeof value !== 'string' || !looksEncrypted(value) || isEncryptedValue(value)) continue;
      yield { path: [field, key], message: `${field}.${key} is malformed ciphertext` };
    }
  }
}
