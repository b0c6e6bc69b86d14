import { X509Certificate } from 'node:crypto';
import { posix } from 'node:path';
import type { Cluster } from '../model.ts';

/** The public certificate of a cluster's Sealed Secrets controller. */
export interface SealingCertificate {
  readonly pem: string;
  /** SHA-256 of its DER form, in lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly keyBits: number;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** Where a cluster's certificate is kept: beside its `cluster.yaml`. */
export function certificatePath({ file }: Pick<Cluster, 'file'>): string {
  const folder = file.endsWith('.yaml') ? posix.dirname(file) : file;
  return posix.join(folder, 'sealed-secrets.pem');
}

/** Reads the first certificate of a PEM file; undefined when there is none with an RSA key. */
export function readCertificate(pem: string): SealingCertificate | undefined {
  try {
    const certificate = new X509Certificate(pem);
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    const keyBits = asymmetricKeyDetails?.modulusLength;
    if (asymmetricKeyType !== 'rsa' || keyBits === undefined) return undefined;
    return {
      pem,
      fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      keyBits,
      validFrom: new Date(certificate.validFrom),
      validTo: new Date(certificate.validTo),
    };
  } catch {
    return undefined;
  }
}
