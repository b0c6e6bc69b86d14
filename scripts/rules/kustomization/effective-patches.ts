import { isDeepStrictEqual } from 'node:util';
import { isRecord, listAt, textAt } from '../../kubernetes/fields.ts';
import { selects } from '../../kubernetes/patch-target.ts';
import type { Manifest, RepositoryRule } from '../../model.ts';
import { kustomizationsIn } from '../kustomizations.ts';
import { hasAny, type Parts, partsOf, type WrittenPatch } from './parts.ts';
import { changesNothing, keysOf, onlyTests, overlap } from './patch-fields.ts';

export const effectivePatches: RepositoryRule = {
  id: 'kustomization/effective-patches',
  scope: 'repository',
  severity: 'note',
  summary: 'Every patch sets something that is not there already.',
  why: 'A patch that repeats the base looks like a difference between environments and is none, and hides the next change of the base.',
  fix: 'Remove the patch, or set the value that was meant.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',

  *check(repository) {
    for (const use of kustomizationsIn(repository)) {
      // An option repeats for one overlay what it changes for another.
      if (use.isComponent || !hasAny([{ file: '', value: use.value }], ...patchFields)) continue;
      const parts = partsOf(use);
      const isRenamed = hasAny(parts.kustomizations, 'namePrefix', 'nameSuffix', 'vars');
      for (const patch of parts.patches) {
        if (patch.kustomization !== use.source.path) continue;
        const { documents } = patch;
        if (documents.length > 0 && documents.every(onlyTests)) {
          yield { location: use.locate(patch.path), message: 'the patch only tests' };
        }
        if (isRenamed) continue;
        const objects = objectsFor(patch, parts);
        const [first, another] = objects;
        if (!first || !objects.every((object) => isIdle(patch, object, parts))) continue;
        const name = another ? `${objects.length} objects` : `${first.kind} ${first.name}`;
        yield {
          location: use.locate(patch.path),
          message: `the patch of ${name} sets only what is there already`,
        };
      }
    }
  },
};

const patchFields: readonly string[] = ['patches', 'patchesJson6902', 'patchesStrategicMerge'];

/** The objects that a patch may meet; none where that depends on more than what is written. */
function objectsFor({ target, documents }: WrittenPatch, parts: Parts): readonly Manifest[] {
  if (target?.labelSelector !== undefined || target?.annotationSelector !== undefined) return [];
  if (hasAny(parts.kustomizations, 'configMapGenerator', 'secretGenerator')) {
    const kind = textAt(target ?? documents[0], ['kind']);
    if (!kind || /[^A-Za-z]/.test(kind) || /^(ConfigMap|Secret)$/.test(kind)) return [];
  }
  if (documents.length !== 1) return [];
  const { namespace: _, ...wanted } = target ?? identityOf(documents[0]);
  return parts.declared.filter((object) => selects(wanted, object));
}

function identityOf(patch: unknown): Readonly<Record<string, unknown>> {
  return { kind: textAt(patch, ['kind']) ?? '-', name: textAt(patch, ['metadata', 'name']) ?? '-' };
}

/** Whether the object has all that the patch sets, and nothing else may have changed it before. */
function isIdle(patch: WrittenPatch, object: Manifest, parts: Parts): boolean {
  const [document] = patch.documents;
  if (!changesNothing(document, object.data)) return false;
  const fields = keysOf(document).filter((field) => !isIdentity(field));
  const isOther = (one: WrittenPatch) =>
    one.kustomization !== patch.kustomization || !isDeepStrictEqual(one.path, patch.path);
  const others = parts.patches.filter((one) => isOther(one) && mayTake(one, object));
  const taken = others
    .flatMap(({ documents }) => documents)
    .filter((one) => !onlyTests(one))
    .flatMap((one) => keysOf(one));
  return fields.every(
    (field) => !isTransformed(field, parts) && !taken.some((other) => overlap(field, other)),
  );
}

function isIdentity(field: readonly string[]): boolean {
  return /^(apiVersion|kind|metadata name|metadata namespace)$/.test(field.join(' '));
}

function mayTake({ target, documents }: WrittenPatch, object: Manifest): boolean {
  if (!target) return documents.some((one) => selects(identityOf(one), object));
  const { kind, group, version } = target;
  const wanted = Object.fromEntries(
    Object.entries({ kind, group, version, name: target.name }).filter(([, value]) => value),
  );
  return selects(wanted, object);
}

/** Whether another field of a kustomization may set it. */
function isTransformed(field: readonly string[], { kustomizations }: Parts): boolean {
  const last = field.at(-1) ?? '';
  const labels = field.some((step) => /labels|annotations|selector/i.test(step));
  const replacements = kustomizations.flatMap(({ value }) => listAt(value, ['replacements']));
  return (
    last === 'namespace' ||
    (last === 'image' && hasAny(kustomizations, 'images')) ||
    (last === 'replicas' && hasAny(kustomizations, 'replicas')) ||
    (labels && hasAny(kustomizations, 'labels', 'commonLabels', 'commonAnnotations')) ||
    replacements.some(
      (one) => !isRecord(one) || one.path !== undefined || JSON.stringify(one).includes(last),
    )
  );
}
