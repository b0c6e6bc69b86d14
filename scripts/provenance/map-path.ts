import { isRecord, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import type { SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';

/** Keys that tell items of a list apart. */
const identifyingKeys: readonly string[] = [
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
  for (const { path: marked, token } of trace.occurrences) {
    if (token.document !== document || !beginsWith(marked, path)) continue;
    const step = token.path[at.length];
    if (typeof step === 'number' && beginsWith(token.path, at)) return step;
  }
  const item = valueAt(trace.manifest.data, path);
  const same = list.flatMap((one, index) => (isSameValue(one, item, trace) ? [index] : []));
  if (same.length === 1) return same[0];
  if (!isRecord(item)) return undefined;
  const key = identifyingKeys.find((one) => item[one] !== undefined);
  if (key === undefined) return undefined;
  const named = list.flatMap((one, index) =>
    isRecord(one) && isSameName(one[key], item[key], trace) ? [index] : [],
  );
  return named.length === 1 ? named[0] : undefined;
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
