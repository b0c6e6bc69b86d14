import { recordAt } from '../../kubernetes/fields.ts';
import type { ManifestRule } from '../../model.ts';
import { judgeValue } from '../../secrets/credentials.ts';
import { credentialLine } from '../../secrets/embedded-files.ts';
import { isSealedSecret } from '../../secrets/sealed-secret.ts';
import { sensitive } from '../../secrets/sensitive.ts';
import { placed } from '../../secrets/templates.ts';

export const noPlaintext: ManifestRule = {
  id: 'sealed-secrets/no-plaintext',
  scope: 'manifest',
  severity: 'error',
  summary: 'Nothing secret stands in a SealedSecret unsealed.',
  why: 'Only `encryptedData` is encrypted; the template is as readable as any other file.',
  fix: 'Seal the value (`presync seal`), and write `{{ .key }}` in the template; rotate it.',
  docs: 'https://github.com/bitnami-labs/sealed-secrets#sealedsecrets-as-templates-for-secrets',
  aliases: ['SEAL304'],

  *check(manifest) {
    if (!isSealedSecret(manifest)) return;
    const { data } = manifest;
    for (const path of [
      ['spec', 'template', 'stringData'],
      ['spec', 'data'],
      ['data'],
      ['stringData'],
    ]) {
      if (Object.keys(recordAt(data, path)).length === 0 && !isText(data, path)) continue;
      yield {
        manifest,
        path,
        message: `${path.join('.')} is readable, and the controller ignores it`,
      };
    }
    const at = ['spec', 'template', 'data'];
    for (const { template, path } of placed(recordAt(data, at), at)) {
      const key = String(path.at(-1));
      const literal = sensitive(template.literal);
      const isCredential = !template.hasActions && judgeValue(key, literal) === 'credential';
      if (!isCredential && credentialLine(key, literal) === undefined) continue;
      yield { manifest, path, message: `template.data.${key} has a literal value` };
    }
  },
};

/** `spec.data` was one text once. */
function isText(data: unknown, path: readonly string[]): boolean {
  return typeof recordAt(data, path.slice(0, -1))[path.at(-1) ?? ''] === 'string';
}
