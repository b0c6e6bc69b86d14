import { recordAt, textAt } from '../../kubernetes/fields.ts';
import { manifestsOf } from '../../kubernetes/manifests.ts';
import type { SourceRule } from '../../model.ts';
import { decodeBase64 } from '../../secrets/base64.ts';
import { isSopsDocument, looksEncrypted } from '../../secrets/sops.ts';

export const valuesEncrypted: SourceRule = {
  id: 'sops/values-encrypted',
  scope: 'source',
  severity: 'error',
  summary: 'Every value of a Secret that SOPS keeps is encrypted.',
  why: 'A value that was added by hand, or whose key ends with `_unencrypted`, stands there readable.',
  fix: 'Run `sops --encrypt --in-place` on the file with `encrypted_regex: ^(data|stringData)$`, and rotate the value.',
  docs: 'https://getsops.io/docs/#encrypting-only-parts-of-a-file',
  aliases: ['SOPS101'],

  *check({ path: file, documents }) {
    for (const manifest of manifestsOf(documents, { origin: { file } })) {
      if (!isSopsDocument(manifest.data) || manifest.kind !== 'Secret') continue;
      for (const field of ['data', 'stringData']) {
        for (const key of Object.keys(recordAt(manifest.data, [field]))) {
          const value = textAt(manifest.data, [field, key]);
          if (value === undefined || value === '' || looksEncrypted(value)) continue;
          // In a Secret that only some keys of are to be encrypted, base64 of ciphertext is fine.
          if (decodeBase64(value)?.toString().startsWith('ENC[')) continue;
          yield { manifest, path: [field, key], message: `${field}.${key} is not encrypted` };
        }
      }
    }
  },
};
