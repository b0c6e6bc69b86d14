import { writtenPlace } from '../../kubernetes/changed-kustomization.ts';
import { listAt } from '../../kubernetes/fields.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { ChangedKustomization, Rendered, Repository } from '../../model.ts';
import { hasMore, type KustomizationUse, kustomizationsIn } from '../kustomizations.ts';

/** How an engine changes the kustomization of a target, by the target's name. */
export type ChangesOf = (target: string) => ChangedKustomization | undefined;

/** The kustomizations that are written, and what engines put into them. */
export function usesIn(repository: Repository, changesOf?: ChangesOf): KustomizationUse[] {
  return [
    ...kustomizationsIn(repository),
    ...(changesOf ? engineUsesIn(repository, changesOf) : []),
  ];
}

/** What engines make of the kustomizations of the targets with one: they may add to what it acts on. */
export function changesTo(
  { rendered }: Pick<KustomizationUse, 'rendered'>,
  changesOf?: ChangesOf,
): ChangedKustomization[] {
  const changes = rendered.flatMap(({ target }) => changesOf?.(target.name) ?? []);
  return [...new Map(changes.map((one) => [one.text, one])).values()];
}

/**
 * What Applications and Flux Kustomizations put into kustomizations, as if it were a
 * kustomization of its own: only what they say themselves, at the places where they do.
 */
function engineUsesIn(repository: Repository, changesOf: ChangesOf): KustomizationUse[] {
  const byPath = new Map(repository.sources.map((source) => [source.path, source]));
  const groups = new Map<string, { changed: ChangedKustomization; rendered: Rendered[] }>();
  for (const one of repository.rendered) {
    const changed = changesOf(one.target.name);
    if (!changed) continue;
    // One ApplicationSet writes an entry for many targets, of which each may need only a part.
    const key = JSON.stringify(changed.object);
    const group = groups.get(key) ?? { changed, rendered: [] };
    group.rendered.push(one);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ changed, rendered }) => {
    const source = byPath.get(changed.object.file);
    const [document] = readYaml(changed.text, changed.file).documents;
    const paths = new Set(rendered.flatMap(({ files }) => files));
    const files = [...paths].flatMap((path) => byPath.get(path) ?? []);
    const isKnown = rendered.every(({ failures }) => failures.length === 0) && !files.some(hasMore);
    if (!source || !isKnown) return [];
    const locate: KustomizationUse['locate'] = (path) => {
      const place = writtenPlace(changed, path);
      const text = byPath.get(place.file)?.text ?? '';
      return openLocator(text, place.file).locate(place.document, place.path).location;
    };
    const value = ownEntries(document, changed);
    return [{ source, value, isComponent: rendered.length > 1, rendered, files, locate }];
  });
}

/** The entries that the engine's object has; others keep their places and are empty. */
function ownEntries(
  document: unknown,
  { parts }: ChangedKustomization,
): Readonly<Record<string, unknown>> {
  const isOwn = (field: string, index: number) =>
    parts.some(({ at }) => at[0] === field && at[1] === index);
  return Object.fromEntries(
    ['images', 'patches'].map((field) => [
      field,
      listAt(document, [field]).map((entry, index) => (isOwn(field, index) ? entry : undefined)),
    ]),
  );
}
