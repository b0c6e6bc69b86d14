import { posix } from 'node:path';
import { isRecord, listAt, recordAt, valueAt } from '../../kubernetes/fields.ts';
import { isRemote } from '../../kubernetes/kustomization.ts';
import type { FieldPath, Manifest, RepositoryRule } from '../../model.ts';
import { kustomizationsIn } from '../kustomizations.ts';
import { type Parts, partsOf, type WrittenPatch } from './parts.ts';
import { keysOf } from './patch-fields.ts';

export const effectiveLabels: RepositoryRule = {
  id: 'kustomization/effective-labels',
  scope: 'repository',
  severity: 'note',
  summary: 'Every label and annotation of a kustomization is new to some object.',
  why: 'What repeats a base looks like a difference between environments and is none, and hides the next change of the base.',
  fix: 'Remove it here, or there.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/labels/',

  *check(repository) {
    for (const use of kustomizationsIn(repository)) {
      const given = givenBy(use.value);
      // An option repeats for one overlay what it changes for another.
      if (given.length === 0 || use.isComponent) continue;
      const parts = partsOf(use);
      for (const one of given) {
        // Whatever else speaks of it may have changed it before.
        const isTwice = given.some((other) => other.key === one.key && other.value !== one.value);
        const isTouched = parts.patches.some((patch) => mayTouch(patch, one));
        if (isTwice || isTouched || !isThereBelow(use.source.path, one, parts)) continue;
        yield {
          location: use.locate(one.path),
          message: `every object has the ${one.holder.slice(0, -1)} "${one.key}: ${one.value}" already`,
        };
      }
    }
  },
};

/** A label or annotation that a kustomization gives to all its objects. */
interface Given {
  readonly path: FieldPath;
  readonly holder: 'labels' | 'annotations';
  readonly key: string;
  readonly value: unknown;
  /** Also to the pods of workloads. */
  readonly inTemplates: boolean;
  /** Also to selectors. */
  readonly inSelectors: boolean;
}

function givenBy(value: unknown): Given[] {
  const pairs = (
    path: FieldPath,
    holder: Given['holder'],
    reach: Pick<Given, 'inTemplates' | 'inSelectors'>,
  ) =>
    Object.entries(recordAt(value, path)).map(([key, own]): Given => {
      return { path: [...path, key], holder, key, value: own, ...reach };
    });
  const labels = listAt(value, ['labels']).flatMap((entry, index) => {
    // Further fields make it reach where nobody has looked.
    if (!isRecord(entry) || entry.fields !== undefined) return [];
    const inSelectors = entry.includeSelectors === true;
    const inTemplates = inSelectors || entry.includeTemplates === true;
    return pairs(['labels', index, 'pairs'], 'labels', { inTemplates, inSelectors });
  });
  const all = { inTemplates: true, inSelectors: true };
  return [
    ...labels,
    ...pairs(['commonLabels'], 'labels', all),
    ...pairs(['commonAnnotations'], 'annotations', { inTemplates: true, inSelectors: false }),
  ];
}

/** Whether all that a kustomization includes has the label before its own are given. */
function isThereBelow(
  file: string,
  wanted: Given,
  parts: Parts,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  const own = parts.kustomizations.find((one) => one.file === file);
  if (!own || seen.has(file)) return false;
  const { value } = own;
  const brings = ['configMapGenerator', 'secretGenerator', 'helmCharts', 'bases'];
  if (brings.some((field) => value[field] !== undefined)) return false;
  const resources = [...listAt(value, ['resources']), ...listAt(value, ['components'])];
  const folder = posix.dirname(file);
  return (
    listAt(value, ['resources']).length > 0 &&
    resources.every((entry) => {
      if (typeof entry !== 'string' || entry.includes('\n') || isRemote(entry)) return false;
      const path = posix.normalize(posix.join(folder, entry)).replace(/\/$/, '');
      const below = parts.kustomizations.find((one) => posix.dirname(one.file) === path);
      if (below) {
        const same = givenBy(below.value).filter(
          ({ holder, key }) => holder === wanted.holder && key === wanted.key,
        );
        if (same.some((one) => one.value !== wanted.value)) return false;
        const gives = same.some((one) => reaches(one, wanted));
        const isOption = below.value.kind === 'Component';
        if (isOption) return listAt(below.value, ['resources']).length === 0;
        return gives || isThereBelow(below.file, wanted, parts, new Set([...seen, file]));
      }
      const declared = parts.declared.filter(({ origin }) => origin?.file === path);
      return declared.length > 0 && declared.every((object) => has(object, wanted));
    })
  );
}

/** Whether a patch may take it away, change it, or make a further place for it. */
function mayTouch({ documents }: WrittenPatch, { key, inTemplates }: Given): boolean {
  const text = JSON.stringify(documents);
  const isField = (field: readonly string[]) =>
    field.includes(key) || wholes.has(field.at(-1) ?? '');
  return (
    documents.some((one) => keysOf(one).some(isField)) ||
    [`"${key}"`, '"$patch"'].some((one) => text.includes(one)) ||
    (inTemplates && /(?<!node)[sS]elector|volumeClaimTemplates/.test(text))
  );
}

/** Fields that hold labels or what has them; empty for an object as a whole. */
const wholes: ReadonlySet<string> = new Set([
  '',
  'annotations',
  'labels',
  'metadata',
  'spec',
  'template',
]);

/** Whether one gives the same label wherever another does. */
function reaches(one: Given, wanted: Given): boolean {
  return (one.inTemplates || !wanted.inTemplates) && (one.inSelectors || !wanted.inSelectors);
}

/** Whether an object has it wherever it is given; of places that few objects have it is not sure. */
function has({ data, kind }: Manifest, wanted: Given): boolean {
  const { holder, key, value, inTemplates, inSelectors } = wanted;
  const isAt = (...path: FieldPath) => valueAt(data, [...path, key]) === value;
  if (!isAt('metadata', holder)) return false;
  if (!inTemplates && !inSelectors) return true;
  const { selector: _, template, ...spec } = recordAt(data, ['spec']);
  const isElsewhere = (rest: unknown) =>
    /"(?:template|jobTemplate|volumeClaimTemplates|(?!nodeS)\w*[sS]elector)":/.test(
      JSON.stringify(rest),
    );
  if (kind === 'Service') return !inSelectors || isAt('spec', 'selector');
  if (!/^(Deployment|DaemonSet|StatefulSet)$/.test(kind)) return !isElsewhere(data);
  return (
    isAt('spec', 'template', 'metadata', holder) &&
    (!inSelectors || isAt('spec', 'selector', 'matchLabels')) &&
    !isElsewhere([spec, recordAt(template, ['spec'])])
  );
}
