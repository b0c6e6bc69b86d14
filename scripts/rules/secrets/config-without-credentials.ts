import type { ManifestRule } from '../../model.ts';
import { judgeValue } from '../../secrets/credentials.ts';
import type { Detect } from '../../secrets/detect.ts';
import { credentialLine, isFile } from '../../secrets/embedded-files.ts';
import { valuesOf } from '../../secrets/values.ts';

/** Makes the rule with the detector of a run. */
export function configWithoutCredentials(detect: Detect): ManifestRule {
  return {
    id: 'secrets/config-without-credentials',
    scope: 'manifest',
    severity: 'error',
    summary: 'A ConfigMap holds no credentials.',
    why: 'A ConfigMap is in Git and readable by everybody who may read the namespace.',
    fix: 'Move it to a Secret that is not in Git, mount that or take it as a variable, and rotate it.',
    docs: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
    aliases: ['SEC007'],

    *check(manifest) {
      for (const { value, path, place, name } of valuesOf(manifest)) {
        if (place !== 'config') continue;
        // Its form says more, and has a rule of its own.
        const { token, url } = detect(value);
        if (token || url) continue;
        if (!isFile(value)) {
          if (judgeValue(name, value) !== 'credential') continue;
          yield { manifest, path, message: `ConfigMap key ${name} has a literal value` };
          continue;
        }
        const line = credentialLine(name, value);
        if (line === undefined) continue;
        const message = `line ${line} of ConfigMap key ${name} sets a credential`;
        yield { manifest, path, message, severity: 'warning' };
      }
    },
  };
}
