import { isRecord, listAt, textAt } from '../../kubernetes/fields.ts';
import { manifestsOf } from '../../kubernetes/manifests.ts';
import { matches, type Selectable, selects } from '../../kubernetes/patch-target.ts';
import type { RepositoryRule } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import type { KustomizationUse } from '../kustomizations.ts';
import { type ChangesOf, usesIn } from './engine-uses.ts';
import { changesIdentity, missedIn } from './missed-target.ts';
import { partsOf } from './parts.ts';

type Target = Readonly<Record<string, unknown>>;

/** @param changesOf what engines put into kustomizations, which is judged, too */
export function usedPatches(changesOf?: ChangesOf): RepositoryRule {
  return {
    id: 'kustomization/used-patches',
    scope: 'repository',
    severity: 'warning',
    summary: 'The target of every patch is there.',
    why: 'Kustomize ignores a patch whose target matches nothing, and the change is never made.',
    fix: 'Correct the target, or remove the patch.',
    docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',

    *check(repository) {
      for (const use of usesIn(repository, changesOf)) {
        const entries = ['patches', 'patchesJson6902'].flatMap((field) =>
          listAt(use.value, [field]).map((entry, index) => ({ entry, path: [field, index] })),
        );
        if (entries.length === 0) continue;
        const objects = objectsOf(use);
        const missedBy = missedIn(use, changesOf);
        for (const { entry, path } of entries) {
          const target = isRecord(entry) && entry.target;
          if (!isRecord(target)) continue;
          const isThere = objects.some((object) => mayTake(target, object));
          // Patches of that other field come after all else.
          const missed = isThere && path[0] === 'patches' ? missedBy(target) : undefined;
          // A patch that renames makes names that stand nowhere.
          if (isThere ? !missed : changesIdentity(partsOf(use))) continue;
          // What another patch is for is probably not what this one means, but worth a hint.
          const taken = new Set(entries.map((other) => textAt(other.entry, ['target', 'name'])));
          const free = objects.filter((object) => !taken.has(object.name));
          const name = isThere ? undefined : nearName(target, free);
          // A component patches what some overlays have and others do not.
          if (use.isComponent && !name) continue;
          const near = name ?? nearName(target, objects) ?? nearKind(target, objects);
          const fix = missed ? missed.fix : near && `Did you mean "${near}"?`;
          const field = missed ? missed.field : textAt(target, ['name']) && 'name';
          yield {
            location: use.locate([...path, 'target', ...(field ? [field] : [])]),
            message: `the patch's target ${shown(target)} is not there`,
            ...(fix && { fix }),
            ...((name || missed?.isSlip) && { severity: 'error' as const }),
          };
        }
      }
    },
  };
}

/** Everything that a patch could meet: what is rendered, and what was there before. */
function objectsOf({ rendered, files }: KustomizationUse): Selectable[] {
  const generated = files.flatMap(({ documents: [value] }) =>
    [['configMapGenerator', 'ConfigMap'] as const, ['secretGenerator', 'Secret'] as const].flatMap(
      ([field, kind]) =>
        listAt(value, [field]).map((entry) => ({
          apiVersion: 'v1',
          kind,
          name: textAt(entry, ['name']) ?? '',
          data: {},
        })),
    ),
  );
  const written = files.flatMap(({ documents }) => manifestsOf(documents, {}));
  const last = rendered.flatMap(({ manifests }) => manifests);
  const first = [...written, ...generated];
  const textsOf = (field: string) =>
    files.flatMap((one) => textAt(one.documents[0], [field]) || []);
  const [prefixes, suffixes] = [textsOf('namePrefix'), textsOf('nameSuffix')];
  if (prefixes.length + suffixes.length === 0) return [...last, ...first];
  return [...last, ...first, ...between(first, last, prefixes, suffixes)];
}

/** Objects by the names that they have when some prefixes and suffixes are given and others are not yet. */
function between(
  first: readonly Selectable[],
  last: readonly Selectable[],
  prefixes: readonly string[],
  suffixes: readonly string[],
): Selectable[] {
  const byKind = Map.groupBy(last, ({ kind }) => kind);
  return first.flatMap((object) => {
    const { kind, name } = object;
    const names = (byKind.get(kind) ?? []).flatMap((one) => {
      const at = name ? one.name.indexOf(name) : -1;
      if (at < 0) return [];
      const [before, after] = [one.name.slice(0, at), one.name.slice(at + name.length)];
      const starts = [...before, ''].map((_, from) => before.slice(from));
      const ends = [...after, ''].map((_, to) => after.slice(0, to));
      return starts
        .filter((start) => isMadeOf(start, prefixes))
        .flatMap((start) =>
          ends.filter((end) => isMadeOf(end, suffixes)).map((end) => `${start}${name}${end}`),
        );
    });
    return [...new Set(names)].map((one) => ({ ...object, name: one }));
  });
}

/** Place by place, for parts that begin alike could be tried in very many ways. */
function isMadeOf(text: string, parts: readonly string[]): boolean {
  const reached = new Set([0]);
  for (const at of reached) {
    for (const part of parts) if (text.startsWith(part, at)) reached.add(at + part.length);
  }
  return reached.has(text.length);
}

/**
 * Labels, annotations, namespaces and names can change between one kustomization and the
 * next, so only what cannot is held against an object.
 */
function mayTake(target: Target, object: Selectable): boolean {
  const {
    namespace: _,
    labelSelector: _labels,
    annotationSelector: _annotations,
    ...rest
  } = target;
  return selects(rest, object);
}

/** The name of an object of that kind that the target was probably meant to have. */
function nearName(target: Target, objects: readonly Selectable[]): string | undefined {
  const name = textAt(target, ['name']);
  const ofKind = objects.filter(({ kind }) => matches(textAt(target, ['kind']), kind));
  return name && nearest(name, new Set(ofKind.map((object) => object.name)));
}

/** Kinds that begin otherwise are others, however much they share: Horizontal and Vertical. */
function nearKind(target: Target, objects: readonly Selectable[]): string | undefined {
  const kind = textAt(target, ['kind']);
  const named = objects.filter(({ name }) => matches(textAt(target, ['name']), name));
  const near = kind && nearest(kind, new Set(named.map((object) => object.kind)));
  return near && near[0] === kind[0]?.toUpperCase() ? near : undefined;
}

function shown(target: Target): string {
  const fields = Object.entries(target).map(([key, value]) => `${key}=${String(value)}`);
  return fields.join(',');
}
