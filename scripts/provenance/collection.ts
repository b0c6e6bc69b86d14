import { valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { type Found, result } from './found.ts';
import { leavesOf } from './leaves.ts';
import { beginsWith } from './map-path.ts';
import { occurrencesBelow } from './occurrences.ts';
import { orderOf } from './order-of.ts';
import { possibleWriters } from './possible-writers.ts';
import type { SourceDocument } from './source-document.ts';
import { spelt } from './spelt.ts';
import type { Trace } from './trace.ts';
import { byOrder, type Writer, writerAt } from './writer.ts';

/** A mapping or list belongs to the first that writes it, unless a patch replaces it. */
export function collection(trace: Trace, path: FieldPath): Found {
  const possible = possibleWriters(trace, path);
  const replacing = possible.findLast(
    ({ document, by }) => document.kind === 'json patch' && by === 'patch',
  );
  const writers = [...possible, ...holders(trace, path)].sort(byOrder);
  const candidates = [...(replacing ? [replacing] : []), ...writers];
  // Patches add to a mapping, but they replace most lists.
  const isList = Array.isArray(valueAt(trace.manifest.data, path));
  const alive = isList ? candidates.find((writer) => holds(writer, path, trace)) : undefined;
  const first = alive ?? candidates[0];
  if (first) return result([first], [], holds(first, path, trace) ? 'exact' : 'resource');
  if (path.length > 0) return { ...collection(trace, path.slice(0, -1)), certainty: 'resource' };
  return { winners: [], overridden: [], certainty: 'resource' };
}

/** As many fields tell whether anything of a collection is left. */
const enoughFields = 50;

/** Whether something that a writer has put into a collection is still there. */
function holds({ document, path: at, value }: Writer, path: FieldPath, trace: Trace): boolean {
  const isIts = (one: Pick<Writer, 'document' | 'path'>) =>
    one.document === document && beginsWith(one.path, at);
  if (occurrencesBelow(trace.occurrences, path).some(({ token }) => isIts(token))) return true;
  const own = valueAt(trace.manifest.data, path);
  if (JSON.stringify(value) === JSON.stringify(own)) return true;
  // Names and types have no marks.
  return leavesOf(own, path, enoughFields).some((leaf) => {
    if (leaf.length === path.length) return false;
    const written = valueAt(own, leaf.slice(path.length));
    const found = spelt(trace, leaf, possibleWriters(trace, leaf), written);
    return found?.certainty === 'exact' && found.winners.some(isIts);
  });
}

/** What holds the marks below a field in other files, such as the `pairs` of `labels`. */
function holders(trace: Trace, path: FieldPath): Writer[] {
  const found: Writer[] = [];
  const known = new Map<SourceDocument, Set<string>>();
  for (const { path: marked, token } of occurrencesBelow(trace.occurrences, path)) {
    const rest = marked.slice(path.length);
    const isHolder = rest.length < token.path.length && endsWith(token.path, rest);
    const isEntry = /Generator$/.test(String(token.path[0])) && path.length <= 1;
    if (!isHolder && !isEntry) continue;
    const at = token.path.slice(0, isEntry ? 2 : token.path.length - rest.length);
    const { document } = token;
    const paths = known.get(document) ?? new Set();
    known.set(document, paths);
    if (paths.has(at.join('/'))) continue;
    paths.add(at.join('/'));
    found.push(writerAt(document, at, orderOf(trace, document)));
  }
  return found;
}

function endsWith(path: FieldPath, end: FieldPath): boolean {
  return end.every((step, index) => {
    const own = path[path.length - end.length + index];
    return own === step || (typeof own === 'number' && typeof step === 'number');
  });
}
