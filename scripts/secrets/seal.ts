import {
  constants,
  createCipheriv,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto';

/**
 * Seals one value as the Sealed Secrets controller opens it: a fresh session key by
 * RSA-OAEP (SHA-256) under the label, and the value by AES-256-GCM under that key. The
 * nonce is zero, for no session key is ever used twice.
 *
 * @param label of `labelOf`: opens under no other
 */
export function seal(certificatePem: string, label: string, value: Uint8Array): string {
  const sessionKey = randomBytes(32);
  const sealedKey = publicEncrypt(
    {
      key: new X509Certificate(certificatePem).publicKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label),
    },
    sessionKey,
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  const cipher = createCipheriv('aes-256-gcm', sessionKey, Buffer.alloc(12));
  const ciphertext = [cipher.update(value), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([length, sealedKey, ...ciphertext]).toString('base64');
}
