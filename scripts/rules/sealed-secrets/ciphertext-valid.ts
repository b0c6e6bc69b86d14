import { recordAt } from '../../kubernetes/fields.ts';
import type { ManifestRule } from '../../model.ts';
import { readCiphertext } from '../../secrets/ciphertext.ts';
import { isSealedSecret } from '../../secrets/sealed-secret.ts';

export const ciphertextValid: ManifestRule = {
  id: 'sealed-secrets/ciphertext-valid',
  scope: 'manifest',
  severity: 'error',
  summary: 'Every value in `encryptedData` has the form of a sealed one.',
  why: 'The controller tells of anything else only that "no key could decrypt secret".',
  fix: 'Seal the value again, and keep it on one line or in a `|` block.',
  docs: 'https://github.com/bitnami-labs/sealed-secrets#sealedsecrets-as-templates-for-secrets',
  aliases: ['SEAL301'],

  *check(manifest) {
    if (!isSealedSecret(manifest)) return;
    const values = recordAt(manifest.data, ['spec', 'encryptedData']);
    for (const [key, value] of Object.entries(values)) {
      const path = ['spec', 'encryptedData', key];
      if (typeof value !== 'string') {
        yield { manifest, path, message: `encryptedData.${key} is no string` };
        continue;
      }
      const read = readCiphertext(value);
      if (read === 'no base64') {
        const message = `encryptedData.${key} is not standard base64`;
        yield { manifest, path, message };
      } else if (read === 'no ciphertext') {
        yield {
          manifest,
          path,
          message: `encryptedData.${key} is no sealed value, or a part of one`,
        };
      }
    }
  },
};
