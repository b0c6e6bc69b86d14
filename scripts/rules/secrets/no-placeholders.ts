import type { ManifestRule } from '../../model.ts';
import { judgeValue } from '../../secrets/credentials.ts';
import { isFile, placeholderLine } from '../../secrets/embedded-files.ts';
import { valuesOf } from '../../secrets/values.ts';

export const noPlaceholders: ManifestRule = {
  id: 'secrets/no-placeholders',
  scope: 'manifest',
  severity: 'error',
  summary: 'No value says that somebody must still fill it in.',
  why: 'It is applied as it stands, and fails in the cluster or becomes a password that everybody knows.',
  fix: 'Set the value, or take it from a Secret that an ExternalSecret makes.',
  docs: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  aliases: ['SEC006'],

  *check(manifest) {
    for (const { value, path, place, name } of valuesOf(manifest)) {
      if (place === 'text') continue;
      if (place === 'config' && isFile(value)) {
        const line = placeholderLine(name, value);
        if (line === undefined) continue;
        yield { manifest, path, message: `line ${line} of ${name} is a placeholder` };
      } else if (judgeValue(name, value) === 'placeholder') {
        yield { manifest, path, message: `${name} is a placeholder` };
      }
    }
  },
};
