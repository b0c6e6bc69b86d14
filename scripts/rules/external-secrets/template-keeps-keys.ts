import { listAt, textAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { contractOf, type SecretContract } from '../../secrets/contract.ts';
import {
  computeKeys,
  type ExternalSecretSpec,
  externalSecretSpecOf,
  targetNameOf,
} from '../../secrets/external-secret.ts';
import { templatesIn } from '../../secrets/templates.ts';

export const templateKeepsKeys: ClusterRule = {
  id: 'external-secrets/template-keeps-keys',
  scope: 'cluster',
  severity: 'error',
  summary: 'A template leaves no key behind that was fetched for somebody.',
  why: 'With `template.data` the Secret has only what the template names, unless `mergePolicy` is Merge.',
  fix: 'Set `mergePolicy: Merge` in the template, or add a line for the key there.',
  docs: 'https://external-secrets.io/latest/guides/templating/#mergepolicy',
  aliases: ['ESO209'],

  *check(view) {
    const contract = contractOf(view);
    for (const manifest of view.rendered.flatMap((one) => one.manifests)) {
      const spec = externalSecretSpecOf(manifest);
      const { dropped = new Set<string>() } = spec ? computeKeys(spec.data) : {};
      if (!spec || dropped.size === 0) continue;
      const templates = templatesIn(spec).map(({ template }) => template);
      const { fetched } = computeKeys(spec.data);
      // A field that is not fetched is a slip, and told as one: it may be the key in question.
      const isUnsure = templates.some(
        ({ dynamic, fields }) => dynamic || fields.some(({ name }) => !fetched.has(name)),
      );
      const used = new Set(templates.flatMap(({ fields }) => fields.map(({ name }) => name)));
      for (const key of dropped) {
        const readers = readersOf(key, manifest, spec, contract);
        if (readers.length === 0 && (isUnsure || used.has(key))) continue;
        const index = listAt(spec.data, ['data']).findIndex(
          (entry) => textAt(entry, ['secretKey']) === key,
        );
        if (index < 0) continue;
        const [reader] = readers;
        yield {
          manifest,
          path: [...spec.path, 'data', index, 'secretKey'],
          message: reader
            ? `key "${key}" is fetched, but the template leaves it out of the Secret, and ${reader} reads it`
            : `key "${key}" is fetched, but neither in the Secret nor used by the template`,
          severity: reader ? 'error' : 'warning',
        };
      }
    }
  },
};

/** Who reads a key that nothing else puts into the Secret. */
function readersOf(
  key: string,
  manifest: Manifest,
  spec: ExternalSecretSpec,
  contract: SecretContract,
): string[] {
  const name = targetNameOf(spec);
  return contract.references
    .filter((one) => one.name === name && one.key === key && !one.optional)
    .filter((one) => {
      const producers = contract.producersFor(one);
      const isMine = producers.some((producer) => producer.manifest === manifest);
      return isMine && !producers.some(({ open, keys }) => open || keys.has(key));
    })
    .map((one) => `${one.by} of ${one.manifest.kind} ${one.manifest.name}`);
}
