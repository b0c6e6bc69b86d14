import type { ManifestRule } from '../../model.ts';
import { computeKeys, externalSecretSpecOf } from '../../secrets/external-secret.ts';
import { templatesIn } from '../../secrets/templates.ts';
import { listed } from '../../secrets/wording.ts';
import { nearest } from '../../shared/nearest.ts';

export const templateKeysExist: ManifestRule = {
  id: 'external-secrets/template-keys-exist',
  scope: 'manifest',
  severity: 'error',
  summary: 'A template uses only keys that the ExternalSecret fetches.',
  why: 'The operator stops at the first key that is not there, even before `default`, and the Secret is not written.',
  fix: 'Fetch the key under `data`, or correct its name.',
  docs: 'https://external-secrets.io/latest/guides/templating/',
  aliases: ['ESO208'],

  *check(manifest) {
    const spec = externalSecretSpecOf(manifest);
    if (!spec) return;
    const { fetched, fetchesMore } = computeKeys(spec.data);
    for (const { template, path } of templatesIn(spec)) {
      for (const name of new Set(template.hyphened)) {
        const message = `template uses .${name}, which Go reads as a subtraction`;
        yield { manifest, path, message, fix: `Write \`{{ index . "${name}" }}\`.` };
      }
      if (fetchesMore) continue;
      const unknown = new Set(
        template.fields.map(({ name }) => name).filter((one) => !fetched.has(one)),
      );
      for (const name of unknown) {
        const meant = nearest(name, fetched);
        yield {
          manifest,
          path,
          message: `template uses .${name}, which is not fetched`,
          fix: meant
            ? `Did you mean "${meant}"?`
            : `Fetch it under \`data\`; there is ${listed([...fetched])}.`,
        };
      }
    }
  },
};
