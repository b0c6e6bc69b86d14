import { isRecord, valueAt } from '../kubernetes/fields.ts';
import { containsAlias } from '../kubernetes/yaml-tree.ts';
import type { FieldPath } from '../model.ts';
import { occurrencesBelow } from './occurrences.ts';
import type { SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';

/** Keys that tell items of a list apart. */
export const identifyingKeys: readonly string[] = [
  'name',
  'containerPort',
  'port',
  'mountPath',
  'secretKey',
  'host',
  'topologyKey',
  'type',
  'alert',
  'key',
];

/**
 * Where a document writes a field of a rendered object; undefined when it does not. An
 * item of a list is recognised by a mark of the document in it, else by its name.
 *
 * @param at where the document speaks of the object's field `path.slice(0, depth)`
 */
export function mapPath(
  document: SourceDocument,
  at: FieldPath,
  path: FieldPath,
  depth: number,
  trace: Trace,
): FieldPath | undefined {
  let mapped = at;
  for (let index = depth; index < path.length; index++) {
    const step = path[index] as string | number;
    const holder = valueAt(document.value, mapped);
    if (Array.isArray(holder)) {
      const item = itemIn(document, mapped, holder, path.slice(0, index + 1), trace);
      if (item === undefined) return undefined;
      mapped = [...mapped, item];
    } else {
      if (!isRecord(holder) || !Object.hasOwn(holder, step)) return undefined;
      mapped = [...mapped, step];
    }
  }
  return mapped;
}

function itemIn(
  document: SourceDocument,
  at: FieldPath,
  list: readonly unknown[],
  path: FieldPath,
  trace: Trace,
): number | undefined {
  const item = valueAt(trace.manifest.data, path);
  const marked = markedItem(document, at, path, trace);
  // Marks below an alias are those of its anchor, in whatever item that stands.
  if (marked !== undefined && !hasAliases(document)) return marked;
  const byName = namedItem(list, item, trace);
  if (byName !== undefined || marked !== undefined) return byName ?? marked;
  const same = list.flatMap((one, index) => (isSameValue(one, item, trace) ? [index] : []));
  return same.length === 1 ? same[0] : undefined;
}

/** The item of a document that shows a mark in an item of the object. */
function markedItem(
  document: SourceDocument,
  at: FieldPath,
  path: FieldPath,
  { occurrences }: Trace,
): number | undefined {
  for (const { token } of occurrencesBelow(occurrences, path)) {
    if (token.document !== document) continue;
    const step = token.path[at.length];
    if (typeof step === 'number' && beginsWith(token.path, at)) return step;
  }
  return undefined;
}

/** The only item of a list that is called as an item of the object. */
function namedItem(list: readonly unknown[], item: unknown, trace: Trace): number | undefined {
  if (!isRecord(item)) return undefined;
  const key = identifyingKeys.find((one) => item[one] !== undefined);
  if (key === undefined) return undefined;
  const named = list.flatMap((one, index) =>
    isRecord(one) && isSameName(one[key], item[key], trace) ? [index] : [],
  );
  return named.length === 1 ? named[0] : undefined;
}

const aliased = new WeakMap<SourceDocument, boolean>();

function hasAliases(document: SourceDocument): boolean {
  const known = aliased.get(document) ?? (document.root ? containsAlias(document.root) : false);
  aliased.set(document, known);
  return known;
}

/** Whether a written value is the rendered one, but for a hash or prefix that kustomize added. */
export function isSameName(written: unknown, rendered: unknown, { renames }: Trace): boolean {
  return written === rendered || (renames.get(String(rendered))?.has(String(written)) ?? false);
}

/** The same for whole mappings and lists. */
function isSameValue(written: unknown, rendered: unknown, trace: Trace): boolean {
  if (typeof written !== 'object' || typeof rendered !== 'object' || !written || !rendered) {
    return isSameName(written, rendered, trace);
  }
  const keys = Object.keys(written);
  return (
    keys.length === Object.keys(rendered).length &&
    keys.every((key) => isSameValue(valueAt(written, [key]), valueAt(rendered, [key]), trace))
  );
}

/** Whether a path is at or below another. */
export function beginsWith(path: FieldPath, start: FieldPath): boolean {
  return start.length <= path.length && start.every((step, index) => path[index] === step);
}
