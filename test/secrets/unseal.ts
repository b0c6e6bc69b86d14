import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto';

/** Opens a sealed value as the controller does. @throws when the label or the key is another */
export function unseal(privateKey: KeyObject, label: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  const length = bytes.readUInt16BE(0);
  const sessionKey = privateDecrypt(
    {
      key: privateKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label),
    },
    bytes.subarray(2, 2 + length),
  );
  const decipher = createDecipheriv('aes-256-gcm', sessionKey, Buffer.alloc(12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(2 + length, -16)), decipher.final()]);
}
