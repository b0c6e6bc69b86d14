import { isRecord, listAt } from '../../kubernetes/fields.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import type { FieldPath, Repository, RepositoryRule, SourceFile, Target } from '../../model.ts';

/** Flux decodes every file of a folder without a kustomization; Argo CD leaves other YAML alone. */
export const kubernetesObject: RepositoryRule = {
  id: 'yaml/kubernetes-object',
  scope: 'repository',
  severity: 'error',
  summary: 'Every document among plain manifests is a Kubernetes object, with apiVersion and kind.',
  why: 'The engine stops at what it cannot tell the kind of, or leaves it out without a word.',
  fix: 'Add what is missing, or move the file out of the folder that is applied.',
  docs: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields',

  *check({ sources, rendered }: Repository) {
    const files = new Map(sources.map((source) => [source.path, source]));
    const seen = new Set<string>();
    for (const { target, files: paths } of rendered) {
      if (target.kind !== 'manifests') continue;
      for (const path of paths) {
        const source = files.get(path);
        if (!source || seen.has(path)) continue;
        seen.add(path);
        yield* problemsIn(source, target);
      }
    }
  },
};

function* problemsIn(source: SourceFile, target: Target) {
  const { path: file, text, documents } = source;
  const faults = documents.flatMap((document, index) =>
    faultsOf(document).map((fault) => ({ ...fault, document: index })),
  );
  // What was named itself, or is decoded by Flux, has to be an object; other YAML may lie about.
  const isWanted = target.path === file || target.engines.includes('flux');
  const told = faults.filter(({ looksLikeOne }) => looksLikeOne || isWanted);
  if (told.length === 0) return;
  const locator = openLocator(text, file);
  for (const { document, path, message } of told) {
    yield { location: locator.locate(document, path).location, message };
  }
}

interface Fault {
  readonly path: FieldPath;
  readonly message: string;
  /** Whether it was surely meant to be an object. */
  readonly looksLikeOne: boolean;
}

function faultsOf(document: unknown): Fault[] {
  const fault = faultAt(document, []);
  if (fault) return [fault];
  const { kind } = document as { kind: string };
  // In a list of one kind, such as a ConfigMapList, items need not repeat it.
  if (kind !== 'List') return [];
  return listAt(document, ['items']).flatMap(
    (item, index) => faultAt(item, ['items', index]) ?? [],
  );
}

function faultAt(value: unknown, path: FieldPath): Fault | undefined {
  const what = path.length > 0 ? 'an item of the list' : 'the document';
  if (!isRecord(value)) {
    return { path, message: `${what} is no Kubernetes object`, looksLikeOne: path.length > 0 };
  }
  const missing = ['apiVersion', 'kind'].filter(
    (field) => typeof value[field] !== 'string' || value[field] === '',
  );
  if (missing.length === 0) return undefined;
  const looksLikeOne = missing.length === 1 || path.length > 0 || isRecord(value.metadata);
  return { path, message: `${what} has no ${missing.join(' and no ')}`, looksLikeOne };
}
