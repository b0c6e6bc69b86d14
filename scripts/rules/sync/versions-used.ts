import { isRecord, listAt, recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import type { RepositoryRule } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

const localConfig = ['metadata', 'annotations', 'config.kubernetes.io/local-config'];

export const versionsUsed: RepositoryRule = {
  id: 'sync/versions-used',
  scope: 'repository',
  severity: 'error',
  summary: 'Every key of a file of versions is written somewhere by a replacement.',
  why: 'Whoever raises a version that nothing reads believes that it was rolled out.',
  fix: 'Write it where it belongs with a `replacements` entry, or remove the key.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/',

  *check({ sources }) {
    const used = keysUsed(sources.flatMap(({ documents }) => documents));
    for (const { path, text, documents } of sources) {
      for (const [index, document] of documents.entries()) {
        if (textAt(document, ['kind']) !== 'ConfigMap') continue;
        if (valueAt(document, localConfig) !== 'true') continue;
        const known = used.get(textAt(document, ['metadata', 'name']) ?? '');
        const keys = Object.keys(recordAt(document, ['data']));
        // Nothing reads single keys of it, or something reads all of it.
        if (!known?.size || known.has('*')) continue;
        for (const key of keys.filter((one) => !known.has(one))) {
          const near = nearest(
            key,
            [...known].filter((one) => !keys.includes(one)),
          );
          yield {
            location: openLocator(text, path).locate(index, ['data', key]).location,
            message: `no replacement reads key "${key}"`,
            ...(near && { fix: `A replacement reads "${near}", which is not there.` }),
          };
        }
      }
    }
  },
};

/** Keys that replacements read from ConfigMaps, by the name of the ConfigMap. */
function keysUsed(documents: readonly unknown[]): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const document of documents) {
    const entries = Array.isArray(document)
      ? document
      : [document, ...listAt(document, ['replacements'])];
    for (const entry of entries) {
      const source = valueAt(entry, ['source']);
      const name = textAt(source, ['name']);
      if (!isRecord(source) || name === undefined || (source.kind ?? 'ConfigMap') !== 'ConfigMap')
        continue;
      // A dot in a key is escaped, and brackets name a key with any sign.
      const field = textAt(source, ['fieldPath']) ?? '';
      const key = /^data\.(.+)$/
        .exec(field)?.[1]
        ?.replace(/^\[(.*)\]$/, '$1')
        .replaceAll('\\.', '.');
      used.set(name, (used.get(name) ?? new Set()).add(key ?? '*'));
    }
  }
  return used;
}
