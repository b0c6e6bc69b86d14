import { openLocator } from '../../kubernetes/locate-field.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { Problem, RepositoryRule } from '../../model.ts';
import { plainValuesIn } from '../../secrets/plain-values.ts';
import { counted } from '../../shared/text.ts';

export const encrypted: RepositoryRule = {
  id: 'secrets/encrypted',
  scope: 'repository',
  severity: 'error',
  summary: 'No Secret with readable values is in Git.',
  why: 'base64 hides nothing: whoever can read the repository, or ever could, has the secret.',
  fix: 'Replace it by an ExternalSecret, a SealedSecret (`presync seal`) or a SOPS file, and rotate what was in it.',
  docs: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  aliases: ['SEC001'],

  *check({ sources, rendered, texts = [] }) {
    const asked = new Set(rendered.flatMap(({ files }) => files));
    for (const { path, text, documents } of sources) {
      if (asked.has(path)) yield* judge(path, text, documents);
    }
    for (const { path, text } of texts) {
      if (!/\.(ya?ml|json)$/.test(path) || !/\bSecret\b/.test(text) || text.includes('{{'))
        continue;
      yield* judge(path, text, readYaml(text, path).documents);
    }
  },
};

function* judge(file: string, text: string, documents: readonly unknown[]): Generator<Problem> {
  for (const [index, document] of documents.entries()) {
    for (const { secret, count, path } of plainValuesIn(document)) {
      const { location } = openLocator(text, file).locate(index, path);
      yield { location, message: `${secret} holds ${counted(count, 'plaintext value')}` };
    }
  }
}
