import { isRecord, listAt, textAt } from '../../kubernetes/fields.ts';
import { manifestsOf } from '../../kubernetes/manifests.ts';
import { matches, type Selectable, selects } from '../../kubernetes/patch-target.ts';
import type { RepositoryRule } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import type { KustomizationUse } from '../kustomizations.ts';
import { type ChangesOf, usesIn } from './engine-uses.ts';

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
        for (const { entry, path } of entries) {
          const target = isRecord(entry) && entry.target;
          if (!isRecord(target) || objects.some((object) => mayTake(target, object))) continue;
          // What another patch is for is not what this one means.
          const taken = new Set(entries.map((other) => textAt(other.entry, ['target', 'name'])));
          const name = nearName(
            target,
            objects.filter((object) => !taken.has(object.name)),
          );
          // A component patches what some overlays have and others do not.
          if (use.isComponent && !name) continue;
          const near = name ?? nearKind(target, objects);
          const at = textAt(target, ['name']) ? [...path, 'target', 'name'] : [...path, 'target'];
          yield {
            location: use.locate(at),
            message: `the patch's target ${shown(target)} is not there`,
            ...(near && { fix: `Did you mean "${near}"?` }),
            ...(name && { severity: 'error' as const }),
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
  return [...rendered.flatMap(({ manifests }) => manifests), ...written, ...generated];
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
