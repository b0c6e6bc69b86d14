import { decodeBase64 } from './base64.ts';

/** What the bytes of a sealed value tell without a key. */
export interface Ciphertext {
  /** Size of the key that it was sealed for, in bits. */
  readonly keyBits: number;
}

/** Why a value cannot be what kubeseal writes. */
export type CiphertextFault = 'no base64' | 'no ciphertext';

/**
 * Reads the frame of a sealed value: two bytes with the length of the sealed session key,
 * that key, and AES-GCM of the value with a tag of 16 bytes.
 */
export function readCiphertext(text: string): Ciphertext | CiphertextFault {
  const bytes = decodeBase64(text);
  if (!bytes) return 'no base64';
  const length = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  const isFrame = [256, 384, 512, 1024].includes(length) && bytes.length >= length + 18;
  return isFrame ? { keyBits: length * 8 } : 'no ciphertext';
}
