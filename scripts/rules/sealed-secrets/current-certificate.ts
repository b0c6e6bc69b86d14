import { recordAt } from '../../kubernetes/fields.ts';
import type { Location, Manifest, Problem, RepositoryRule } from '../../model.ts';
import {
  certificatePath,
  readCertificate,
  type SealingCertificate,
} from '../../secrets/certificates.ts';
import { readCiphertext } from '../../secrets/ciphertext.ts';
import {
  certificateAnnotation,
  isSealedSecret,
  sealedValues,
} from '../../secrets/sealed-secret.ts';

export const currentCertificate: RepositoryRule = {
  id: 'sealed-secrets/current-certificate',
  scope: 'repository',
  severity: 'error',
  summary: "A SealedSecret is sealed with the certificate that its cluster's folder keeps.",
  why: "Another cluster's key does not open it, and an expired certificate is refused when the next value is sealed.",
  fix: "Fetch the certificate (`kubeseal --fetch-cert`) into the cluster's folder, and seal again.",
  docs: 'https://github.com/bitnami-labs/sealed-secrets#public-key--certificate',
  aliases: ['SEAL306'],

  *check({ clusters, rendered, texts = [] }) {
    const files = new Map(texts.map(({ path, text }) => [path, text]));
    for (const cluster of clusters) {
      const path = certificatePath(cluster);
      const pem = files.get(path);
      if (pem === undefined) continue;
      const certificate = readCertificate(pem);
      yield* certificateFaults(certificate, { file: path, line: 1, column: 1 });
      if (!certificate) continue;
      for (const { target, manifests } of rendered) {
        if (!target.clusters.includes(cluster.name)) continue;
        for (const manifest of manifests) {
          if (isSealedSecret(manifest)) yield* sealFaults(manifest, certificate, path);
        }
      }
    }
  },
};

function* certificateFaults(
  certificate: SealingCertificate | undefined,
  location: Location,
): Generator<Problem> {
  if (!certificate) {
    yield { location, message: 'the file is no certificate with an RSA key' };
  } else if (certificate.validTo.getTime() < Date.now()) {
    const day = certificate.validTo.toISOString().slice(0, 10);
    yield { location, message: `the certificate expired on ${day}` };
  }
}

function* sealFaults(
  manifest: Manifest,
  { keyBits, fingerprint }: SealingCertificate,
  path: string,
): Generator<Problem> {
  for (const [key, value] of sealedValues(manifest)) {
    const read = readCiphertext(value);
    if (typeof read === 'string' || read.keyBits === keyBits) continue;
    const message = `encryptedData.${key} is sealed with ${read.keyBits} bits, and the key of ${path} has ${keyBits}`;
    yield { manifest, path: ['spec', 'encryptedData', key], message };
  }
  const noted = recordAt(manifest.data, ['metadata', 'annotations'])[certificateAnnotation];
  if (typeof noted !== 'string' || noted.toLowerCase() === fingerprint) return;
  const message = `it was sealed with another certificate than ${path}`;
  // Older keys stay valid in the cluster, so it may still open.
  yield {
    manifest,
    path: ['metadata', 'annotations', certificateAnnotation],
    message,
    severity: 'warning',
  };
}
