import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A throwaway key and a certificate for it that it signed itself. */
export interface MadeCertificate {
  readonly pem: string;
  readonly privateKey: KeyObject;
}

/** Makes a certificate with a new RSA key, byte by byte: node:crypto reads them, but writes none. */
export function makeCertificate(
  validTo: Date,
  bits = 2048,
  validFrom: Date = new Date('2020-01-01T00:00:00Z'),
): MadeCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const algorithm = der(0x30, der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
  const commonName = der(
    0x30,
    der(0x06, Buffer.from('550403', 'hex')),
    der(0x0c, Buffer.from('sealed-secret')),
  );
  const name = der(0x30, der(0x31, commonName));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    der(0x30, time(validFrom), time(validTo)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  const all = der(0x30, body, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = all.toString('base64').match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
  return { pem, privateKey };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(digits));
}
