import type { ManifestRule } from '../../model.ts';
import type { Detect } from '../../secrets/detect.ts';
import { valuesOf } from '../../secrets/values.ts';

/** Makes the rule with the detector of a run. */
export function noTokens(detect: Detect): ManifestRule {
  return {
    id: 'secrets/no-tokens',
    scope: 'manifest',
    severity: 'error',
    summary: 'Nothing has the form of a private key or of a token that a known provider issues.',
    why: 'Such keys are found within minutes of a push, and work until somebody revokes them.',
    fix: 'Revoke it first, then keep the new one in the secret store and fetch it with an ExternalSecret.',
    docs: 'https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns',
    aliases: ['SEC005'],

    *check(manifest) {
      for (const { value, path, place, name } of valuesOf(manifest)) {
        // In a Secret any value is one too many: `secrets/encrypted`.
        if (place === 'secret') continue;
        const { token } = detect(value);
        if (!token) continue;
        const message = `${name} holds ${/^[aeiouAEIOU]/.test(token.name) ? 'an' : 'a'} ${token.name}`;
        yield { manifest, path, message, ...(token.half && { severity: 'warning' as const }) };
      }
    },
  };
}
