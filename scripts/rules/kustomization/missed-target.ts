import { listAt, textAt } from '../../kubernetes/fields.ts';
import { nearest } from '../../shared/nearest.ts';
import type { KustomizationUse } from '../kustomizations.ts';
import { type ChangesOf, changesTo } from './engine-uses.ts';
import { type Parts, partsOf } from './parts.ts';
import { keysOf } from './patch-fields.ts';
import { afterwards, isTaken, type PatchedObject, patchedObjects } from './patched-objects.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Why a patch takes nothing that is there all the same. */
export interface Missed {
  /** The field of the target by which it misses. */
  readonly field?: string;
  readonly fix?: string;
  /** Whether another name was probably meant. */
  readonly isSlip: boolean;
}

/**
 * Tells of targets that would take an object by its kind and one of its names, but not as it
 * is when the patches of a kustomization come. Nothing where that is not sure.
 */
export function missedIn(
  use: KustomizationUse,
  changesOf?: ChangesOf,
): (target: Fields) => Missed | undefined {
  const isRenamed = use.files.some(({ documents: [value] }) =>
    ['namePrefix', 'nameSuffix'].some((field) => textAt(value, [field])),
  );
  let known: Known | undefined;
  return (target) => {
    const selectors = ['labelSelector', 'annotationSelector'].filter((one) =>
      textAt(target, [one]),
    );
    // Most targets have a plain name, which is not asked about twice.
    if (!isRenamed && selectors.length === 0 && !textAt(target, ['namespace'])) return undefined;
    known ??= knownOf(use, changesOf);
    const { objects, hasSureLabels } = known;
    const isSure = objects && (hasSureLabels || selectors.length === 0);
    if (!isSure || objects.some((one) => isTaken(target, one))) return undefined;
    return missed(target, objects, use.value);
  };
}

interface Known {
  readonly objects?: readonly PatchedObject[] | undefined;
  /** Whether no patch or generator gives labels or annotations to single objects. */
  readonly hasSureLabels: boolean;
}

function knownOf(use: KustomizationUse, changesOf?: ChangesOf): Known {
  const isOwn = use.value.resources !== undefined && !use.isComponent;
  const isChanged = changesTo(use, changesOf).some(({ file }) => file === use.source.path);
  if (!isOwn || isChanged) return { hasSureLabels: false };
  const parts = partsOf(use);
  const isUnread = parts.patches.some(({ documents }) => documents.length === 0);
  if (isUnread || changesIdentity(parts)) return { hasSureLabels: false };
  const isMerged = parts.kustomizations.some(({ value }) =>
    ['configMapGenerator', 'secretGenerator'].some((field) =>
      listAt(value, [field]).some((one) => /merge|replace/.test(textAt(one, ['behavior']) ?? '')),
    ),
  );
  return {
    objects: patchedObjects(use.source.path, use.files),
    hasSureLabels: !isMerged && !fieldsOf(parts).some(([first]) => first === 'metadata'),
  };
}

/** Whether a patch or replacement may give objects other names, kinds or namespaces. */
export function changesIdentity(parts: Parts): boolean {
  const isAllowed = parts.kustomizations.some(
    ({ value }) =>
      /"allow(Name|Kind)Change"/.test(JSON.stringify(value)) ||
      listAt(value, ['replacements']).some(
        (one) =>
          textAt(one, ['path']) ||
          /"(metadata|kind)/.test(JSON.stringify(listAt(one, ['targets']))),
      ),
  );
  const isIdentity = ([first = '', second = 'name']: readonly string[]) =>
    /^(|kind|apiVersion)$/.test(first) ||
    (first === 'metadata' && /^(name|namespace)$/.test(second));
  return isAllowed || fieldsOf(parts).some(isIdentity);
}

/** What patches change, without what a strategic merge patch says only to find its object. */
function fieldsOf({ patches }: Parts): string[][] {
  const finding = /^(apiVersion|kind|metadata name|metadata namespace)$/;
  return patches.flatMap(({ documents }) =>
    documents.flatMap((patch) =>
      keysOf(patch).filter((one) => Array.isArray(patch) || !finding.test(one.join(' '))),
    ),
  );
}

function missed(target: Fields, objects: readonly PatchedObject[], value: Fields): Missed {
  for (const field of ['name', 'namespace', 'labelSelector', 'annotationSelector']) {
    const wanted = textAt(target, [field]);
    const { [field]: _, ...rest } = target;
    const near = wanted ? objects.filter((one) => isTaken(rest, one)) : [];
    const [first] = near;
    if (!wanted || !first) continue;
    const later = near.find((one) => isTaken(target, afterwards(one, value)));
    if (field === 'name') {
      const names = [...new Set(near.flatMap(({ names: own }) => own.at(-1) ?? []))];
      const longer = names.filter((one) => one.includes(wanted));
      const only = longer.length === 1 ? longer[0] : undefined;
      const name = later?.names.at(-1) ?? nearest(wanted, names) ?? only;
      const why = later ? ` ${tooEarly.name}` : '';
      return {
        field,
        ...(name && { fix: `Did you mean "${name}"?${why}` }),
        isSlip: Boolean(name),
      };
    }
    if (later) return { field, fix: tooEarly[field as keyof typeof tooEarly], isSlip: false };
    const other = otherThan(field, wanted, near);
    return { field, ...(other && { fix: `Did you mean "${other}"?` }), isSlip: false };
  }
  return { isSlip: false };
}

const tooEarly = {
  name: 'Patches come before the prefix and suffix of their kustomization.',
  namespace: 'Leave the namespace out: patches come before that of their kustomization.',
  labelSelector: 'Select by another label: patches come before those of their kustomization.',
  annotationSelector:
    'Select by another annotation: patches come before those of their kustomization.',
};

/** What all the objects have instead, if it is the same. */
function otherThan(
  field: string,
  wanted: string,
  objects: readonly PatchedObject[],
): string | undefined {
  const [, key = '', operator] = /^([^\s=!,]+)\s*(==?)\s*[^\s,]*$/.exec(wanted) ?? [];
  const others = new Set(
    objects.map(({ namespaces, labels, annotations }) => {
      if (field === 'namespace') return namespaces.at(-1);
      const own = operator && (field === 'labelSelector' ? labels : annotations)[key];
      return own ? `${key}${operator}${String(own)}` : undefined;
    }),
  );
  const [other] = others;
  return others.size === 1 && other ? other : undefined;
}
