import { recordAt } from '../../kubernetes/fields.ts';
import type { ManifestRule } from '../../model.ts';
import { decodeBase64 } from '../../secrets/base64.ts';
import { isCredentialName } from '../../secrets/credential-names.ts';
import { sensitive } from '../../secrets/sensitive.ts';

export const dataEncoded: ManifestRule = {
  id: 'secrets/data-encoded',
  scope: 'manifest',
  severity: 'error',
  summary: 'The values of a Secret are base64 in `data`, once, and text in `stringData`.',
  why: 'The API server refuses other values, and an extra layer or line break reaches the program.',
  fix: 'Encode it without a line break (`printf %s | base64`), or write it under `stringData`, quoted.',
  docs: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/',
  aliases: ['SEC008'],

  *check(manifest) {
    if (manifest.kind !== 'Secret' || manifest.apiVersion !== 'v1') return;
    for (const [key, value] of Object.entries(recordAt(manifest.data, ['stringData']))) {
      if (typeof value === 'string' || value === null) continue;
      yield { manifest, path: ['stringData', key], message: `stringData.${key} must be a string` };
    }
    for (const [key, value] of Object.entries(recordAt(manifest.data, ['data']))) {
      const path = ['data', key];
      if (value === null) continue;
      if (typeof value !== 'string') {
        yield { manifest, path, message: `data.${key} must be a base64 string` };
        continue;
      }
      const fault = sensitive(value).read((text) => faults.indexOf(faultOf(key, text)));
      const message = faults[fault];
      if (!message) continue;
      const severity = fault === 0 ? 'error' : 'warning';
      yield { manifest, path, message: `data.${key} ${message}`, severity };
    }
  },
};

const faults: readonly string[] = [
  'must be a base64 string',
  'is base64 twice',
  'ends with a line break',
];

function faultOf(key: string, text: string): string {
  // Encrypted by SOPS, or filled in by a plugin.
  if (/^ENC\[|^<[^<>]*:[^<>]*>$|\$\{|^ref\+/.test(text)) return '';
  const bytes = decodeBase64(text);
  if (!bytes) return 'must be a base64 string';
  const decoded = bytes.toString('latin1');
  const inner = decoded.length >= 16 ? decodeBase64(decoded.trim())?.toString('latin1') : undefined;
  if (inner !== undefined && /^[\t\n\r\x20-\x7e]+$/.test(inner)) return 'is base64 twice';
  const isOneLine = /^[^\r\n]+\r?\n$/.test(decoded);
  return isOneLine && isCredentialName(key) ? 'ends with a line break' : '';
}
