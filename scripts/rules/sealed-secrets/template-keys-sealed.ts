import { recordAt } from '../../kubernetes/fields.ts';
import type { ManifestRule } from '../../model.ts';
import { isSealedSecret } from '../../secrets/sealed-secret.ts';
import { placed } from '../../secrets/templates.ts';
import { listed } from '../../secrets/wording.ts';
import { nearest } from '../../shared/nearest.ts';

export const templateKeysSealed: ManifestRule = {
  id: 'sealed-secrets/template-keys-sealed',
  scope: 'manifest',
  severity: 'error',
  summary: 'A template uses only keys of `encryptedData`.',
  why: 'For any other one the controller writes `<no value>` into the Secret, without an error.',
  fix: 'Correct the name, or seal a value for it.',
  docs: 'https://github.com/bitnami-labs/sealed-secrets#sealedsecrets-as-templates-for-secrets',
  aliases: ['SEAL307'],

  *check(manifest) {
    if (!isSealedSecret(manifest)) return;
    const keys = new Set(Object.keys(recordAt(manifest.data, ['spec', 'encryptedData'])));
    const at = ['spec', 'template', 'data'];
    for (const { template, path } of placed(recordAt(manifest.data, at), at)) {
      for (const name of new Set(template.hyphened)) {
        const message = `template uses .${name}, which Go reads as a subtraction`;
        yield { manifest, path, message, fix: `Write \`{{ index . "${name}" }}\`.` };
      }
      for (const name of new Set(template.fields.map((field) => field.name))) {
        if (keys.has(name)) continue;
        const meant = nearest(name, keys);
        const there = keys.size > 0 ? `there is ${listed([...keys])}` : 'nothing is sealed';
        yield {
          manifest,
          path,
          message: `template uses .${name}, which is not in encryptedData`,
          fix: meant ? `Did you mean "${meant}"?` : `Correct the name; ${there}.`,
        };
      }
    }
  },
};
