import { posix } from 'node:path';
import { listAt, valueAt } from '../../kubernetes/fields.ts';
import { kustomizationNames } from '../../kubernetes/kustomization.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import type { FieldPath, RepositoryRule } from '../../model.ts';

/** Fields of a kustomization and the first kustomize that knows them. */
const features: readonly {
  readonly list?: string;
  readonly field: string;
  readonly since: string;
}[] = [
  { field: 'components', since: '3.7.0' },
  { field: 'replacements', since: '4.2.0' },
  { list: 'labels', field: 'includeTemplates', since: '4.5.5' },
  { field: 'sortOptions', since: '5.0.0' },
  { list: 'replacements', field: 'sourceValue', since: '5.7.0' },
];

export const kustomizeFeatures: RepositoryRule = {
  id: 'sync/kustomize-features',
  scope: 'repository',
  severity: 'error',
  summary: 'A kustomization uses only what the kustomize of its clusters knows.',
  why: 'The engine in the cluster builds with its own kustomize, and an older one refuses the whole kustomization for a field that it does not know.',
  fix: 'Say it with older fields, or update the engine and `kustomize` in `cluster.yaml`.',
  docs: 'https://github.com/kubernetes-sigs/kustomize/releases',

  *check({ clusters, rendered, sources }) {
    const byPath = new Map(sources.map((source) => [source.path, source]));
    for (const cluster of clusters) {
      const version = cluster.kustomize;
      if (!version) continue;
      if (version === '5.8.0') {
        yield {
          location: { file: cluster.file, line: 1, column: 1 },
          severity: 'warning',
          message:
            'kustomize 5.8.0 does not pass a namespace on to nested kustomizations as others do',
          fix: 'Update the engine to one with kustomize 5.8.1.',
        };
      }
      const own = rendered.filter(({ target }) => target.clusters.includes(cluster.name));
      for (const file of new Set(own.flatMap(({ files }) => files))) {
        const source = kustomizationNames.includes(posix.basename(file)) && byPath.get(file);
        if (!source) continue;
        const [document] = source.documents;
        for (const { path, since } of usedIn(document)) {
          if (!isOlder(version, since)) continue;
          yield {
            location: openLocator(source.text, file).locate(0, path).location,
            message: `"${path.findLast((part) => typeof part === 'string')}" needs kustomize ${since}, and cluster "${cluster.name}" has ${version}`,
          };
        }
      }
    }
  },
};

function usedIn(document: unknown): { readonly path: FieldPath; readonly since: string }[] {
  return features.flatMap(({ list, field, since }) => {
    const paths: FieldPath[] = list
      ? listAt(document, [list]).map((_, index) => [list, index, field])
      : [[field]];
    return paths
      .filter((path) => valueAt(document, path) !== undefined)
      .map((path) => ({ path, since }));
  });
}

function isOlder(version: string, other: string): boolean {
  const [a, b] = [version, other].map((text) => text.replace(/^v/, '').split('.').map(Number));
  for (let index = 0; index < 3; index++) {
    const [one = 0, two = 0] = [a?.[index], b?.[index]];
    if (one !== two) return one < two;
  }
  return false;
}
