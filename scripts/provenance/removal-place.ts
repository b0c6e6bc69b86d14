import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import type { PatchEntry } from '../kubernetes/patch-entries.ts';
import type { FieldPath, Location } from '../model.ts';
import { applies, patchDocuments } from './applied-patches.ts';
import type { GraphNode } from './graph.ts';
import { identifyingKeys } from './map-path.ts';
import { fromPointer } from './pointer.ts';
import type { SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';

/** Where a patch takes a field away. */
export interface Removal {
  readonly location: Location;
  /** False when only the patch is known, and not its line. */
  readonly isExact: boolean;
}

/**
 * The operation or directive of a patch that takes a field away.
 *
 * @param path the field as the object's own document has it
 */
export function removalIn(
  entry: PatchEntry,
  node: GraphNode,
  path: FieldPath,
  trace: Trace,
): Removal | undefined {
  const all = patchDocuments(entry, trace);
  const documents = all.filter((one) => applies(one, entry, node, trace));
  for (const document of documents) {
    const at =
      document.kind === 'merge patch'
        ? directiveFor(document, path, trace)
        : operationFor(document, path);
    if (at) return { location: document.placeOf(at).location, isExact: true };
  }
  const [nearest = all[0]] = documents;
  return nearest && { location: nearest.placeOf([]).location, isExact: false };
}

/** The last operation that removes, moves away or replaces a field or what holds it. */
function operationFor({ value }: SourceDocument, path: FieldPath): FieldPath | undefined {
  const index = listAt(value, []).findLastIndex((operation) => {
    const op = textAt(operation, ['op']);
    const from = textAt(operation, [op === 'move' ? 'from' : 'path']);
    const steps = fromPointer(from ?? '/');
    if (op === 'test' || op === 'copy' || steps.length > path.length) return false;
    // Earlier operations may have moved the items of lists.
    return steps.every(
      (step, at) => step === path[at] || (typeof step === 'number' && typeof path[at] === 'number'),
    );
  });
  return index < 0 ? undefined : [index];
}

/** The null, or the `$patch`, at a field or at what holds it. */
function directiveFor(
  { value }: SourceDocument,
  path: FieldPath,
  { origin }: Trace,
): FieldPath | undefined {
  const written = origin && valueAt(origin.document.value, origin.at);
  let at: FieldPath = [];
  for (const [depth, step] of path.entries()) {
    const holder = valueAt(value, at);
    if (isRecord(holder) && Object.hasOwn(holder, '$patch')) return [...at, '$patch'];
    const next = Array.isArray(holder)
      ? itemLike(holder, valueAt(written, path.slice(0, depth + 1)))
      : isRecord(holder) && Object.hasOwn(holder, step)
        ? step
        : undefined;
    if (next === undefined) return replacingItem(holder, at);
    at = [...at, next];
    if (valueAt(value, at) === null) return at;
  }
  const last = valueAt(value, at);
  return isRecord(last) && Object.hasOwn(last, '$patch') ? [...at, '$patch'] : undefined;
}

/** The item of a patch's list that is called as a written one. */
function itemLike(list: readonly unknown[], item: unknown): number | undefined {
  const key = isRecord(item) ? identifyingKeys.find((one) => item[one] !== undefined) : undefined;
  if (key === undefined) return undefined;
  const index = list.findIndex((one) => valueAt(one, [key]) === valueAt(item, [key]));
  return index < 0 ? undefined : index;
}

/** `- $patch: replace` says of a list that nothing from before it stays. */
function replacingItem(holder: unknown, at: FieldPath): FieldPath | undefined {
  const items = Array.isArray(holder) ? holder : [];
  const index = items.findIndex((one) => textAt(one, ['$patch']) === 'replace');
  return index < 0 ? undefined : [...at, index, '$patch'];
}
