import { recordAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ManifestRule } from '../../model.ts';
import { judgeValue } from '../../secrets/credentials.ts';
import { externalSecretSpecOf } from '../../secrets/external-secret.ts';
import { sensitive } from '../../secrets/sensitive.ts';
import { placed } from '../../secrets/templates.ts';

export const noLiterals: ManifestRule = {
  id: 'external-secrets/no-literals',
  scope: 'manifest',
  severity: 'error',
  summary: 'What an ExternalSecret gives comes from a store, not from Git.',
  why: 'A password in a template is as public as one in a Secret.',
  fix: 'Keep it in the store, fetch it under `data`, and write `{{ .key }}`.',
  docs: 'https://external-secrets.io/latest/guides/templating/',
  aliases: ['ESO210'],

  *check(manifest) {
    const { apiVersion, kind, data } = manifest;
    const group = groupOf(apiVersion);
    const fake = 'the provider "fake" has its values in Git';
    if (group === 'generators.external-secrets.io' && kind === 'Fake') {
      const message = 'the generator "Fake" has its values in Git';
      yield { manifest, path: ['spec'], message, severity: 'warning' };
    }
    if (group === 'external-secrets.io' && /^(Cluster)?SecretStore$/.test(kind)) {
      if (recordAt(data, ['spec', 'provider']).fake !== undefined) {
        yield { manifest, path: ['spec', 'provider', 'fake'], message: fake, severity: 'warning' };
      }
    }
    const spec = externalSecretSpecOf(manifest);
    if (!spec) return;
    const at = ['target', 'template', 'data'];
    for (const { template, path } of placed(recordAt(spec.data, at), [...spec.path, ...at])) {
      const key = String(path.at(-1));
      if (template.hasActions || judgeValue(key, sensitive(template.literal)) !== 'credential')
        continue;
      yield { manifest, path, message: `template.data.${key} is a literal value` };
    }
  },
};
