import type { ManifestRule } from '../../model.ts';
import type { Detect } from '../../secrets/detect.ts';
import { valuesOf } from '../../secrets/values.ts';

/** Makes the rule with the detector of a run. */
export function urlsWithoutPassword(detect: Detect): ManifestRule {
  return {
    id: 'secrets/urls-without-password',
    scope: 'manifest',
    severity: 'error',
    summary: 'No URL or connection string has a password in it.',
    why: 'It is a password in Git, and the URL ends up in logs and dashboards as well.',
    fix: 'Build it from variables that come from a Secret (`$(DB_PASSWORD)`), or keep all of it in one; rotate the password.',
    docs: 'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
    aliases: ['SEC004'],

    *check(manifest) {
      for (const { value, path, place } of valuesOf(manifest)) {
        if (place === 'secret') continue;
        const { token, url } = detect(value);
        if (!url || token) continue;
        const host = url.host ? ` for host ${url.host}` : '';
        yield { manifest, path, message: `${url.form}${host} has a literal password` };
      }
    },
  };
}
