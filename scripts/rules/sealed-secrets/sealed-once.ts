import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { isSealedSecret, scopeOf, sealedValues } from '../../secrets/sealed-secret.ts';

export const sealedOnce: ClusterRule = {
  id: 'sealed-secrets/sealed-once',
  scope: 'cluster',
  severity: 'error',
  summary: 'Every sealed value is sealed for the place where it stands.',
  why: 'Two equal ciphertexts are copies, and under another name no key opens the copy.',
  fix: 'Seal the value again for this SealedSecret.',
  docs: 'https://github.com/bitnami-labs/sealed-secrets#scopes',
  aliases: ['SEAL305'],

  *check({ rendered }) {
    const seen = new Map<string, { manifest: Manifest; key: string }>();
    for (const manifest of rendered.flatMap((one) => one.manifests)) {
      if (!isSealedSecret(manifest)) continue;
      for (const [key, value] of sealedValues(manifest)) {
        const first = value.length > 300 ? seen.get(value) : undefined;
        if (!first) seen.set(value, { manifest, key });
        if (!first || isSame(first.manifest, manifest, first.key === key)) continue;
        const breaks = !opensBoth(first.manifest, manifest);
        yield {
          manifest,
          path: ['spec', 'encryptedData', key],
          message: `encryptedData.${key} is a copy of ${first.key} in ${describe(first.manifest)}`,
          severity: breaks ? 'error' : 'warning',
        };
      }
    }
  },
};

/** One object may be part of two targets. */
function isSame(a: Manifest, b: Manifest, sameKey: boolean): boolean {
  return sameKey && a.name === b.name && a.namespace === b.namespace;
}

/** Whether one ciphertext can be opened in both: under one label. */
function opensBoth(a: Manifest, b: Manifest): boolean {
  const scope = scopeOf(a);
  if (scope !== scopeOf(b)) return false;
  if (scope === 'cluster-wide') return true;
  return a.namespace === b.namespace && (scope === 'namespace-wide' || a.name === b.name);
}
