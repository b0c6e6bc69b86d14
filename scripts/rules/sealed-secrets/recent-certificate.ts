import type { RepositoryRule } from '../../model.ts';
import { certificatePath, readCertificate } from '../../secrets/certificates.ts';

/** The controller makes a new key that often; it keeps the old ones for what they sealed. */
const renewalDays = 30;

export const recentCertificate: RepositoryRule = {
  id: 'sealed-secrets/recent-certificate',
  scope: 'repository',
  severity: 'note',
  summary: "The certificate that a cluster's folder keeps is that of the controller's latest key.",
  why: 'The controller makes a new key every 30 days; with an old certificate new values are sealed for a key that was meant to be retired.',
  fix: 'Fetch it again with `kubeseal --fetch-cert`; what is sealed still opens.',
  docs: 'https://github.com/bitnami-labs/sealed-secrets#sealing-key-renewal',
  aliases: ['SEAL306'],
  // Time alone makes this a finding, and not everybody has a key renewed.
  optIn: true,

  *check({ clusters, texts = [] }) {
    const files = new Map(texts.map(({ path, text }) => [path, text]));
    for (const cluster of clusters) {
      const file = certificatePath(cluster);
      const certificate = readCertificate(files.get(file) ?? '');
      if (!certificate || certificate.validTo.getTime() < Date.now()) continue;
      const days = Math.floor((Date.now() - certificate.validFrom.getTime()) / 86_400_000);
      if (days <= renewalDays) continue;
      const day = certificate.validFrom.toISOString().slice(0, 10);
      const message = `the certificate is of ${day}, and keys are renewed every ${renewalDays} days`;
      yield { location: { file, line: 1, column: 1 }, message };
    }
  },
};
