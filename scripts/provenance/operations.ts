import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { beginsWith, mapPath } from './map-path.ts';
import { occurrencesBelow } from './occurrences.ts';
import { fromPointer, isEnd } from './pointer.ts';
import type { SourceDocument } from './source-document.ts';
import type { Trace } from './trace.ts';
import { type Writer, writerAt } from './writer.ts';

/** What the operations of a JSON patch write into a field, the first of them first. */
export function writtenByOperations(
  document: SourceDocument,
  path: FieldPath,
  order: number,
  trace: Trace,
): Writer[] {
  return listAt(document.value, []).flatMap((operation, index): Writer[] => {
    const pointer = isRecord(operation) && textAt(operation, ['path']);
    if (typeof pointer !== 'string') return [];
    const steps = fromPointer(pointer);
    const op = textAt(operation, ['op']);
    if (op === 'copy' || op === 'move') {
      if (!beginsWith(path, steps)) return [];
      const value = valueAt(trace.manifest.data, path);
      return [{ ...writerAt(document, [index], order, value), by: op }];
    }
    if (op !== 'add' && op !== 'replace') return [];
    const at = [index, 'value'];
    if (!leadsTo(steps, path, at, document, trace)) return [];
    const written = mapPath(document, at, path, steps.length, trace);
    return written ? [writerAt(document, written, order)] : [];
  });
}

/**
 * Whether an operation's pointer leads to a field or what holds it. Items may have moved since:
 * where marks of the operation are left they tell which item it has written.
 */
function leadsTo(
  steps: FieldPath,
  path: FieldPath,
  at: FieldPath,
  document: SourceDocument,
  { occurrences }: Trace,
): boolean {
  const isLike = steps.every((step, index) => {
    const own = path[index];
    return step === own || (typeof own === 'number' && (typeof step === 'number' || isEnd(step)));
  });
  if (steps.length > path.length || !isLike) return false;
  const isIts = ({ token }: Trace['occurrences'][number]) =>
    token.document === document && beginsWith(token.path, at);
  const item = path.slice(0, steps.length);
  if (occurrencesBelow(occurrences, item).some(isIts)) return true;
  const isStill = !isEnd(steps.at(-1)) && beginsWith(path, steps);
  return isStill && !(steps.some(isIndex) && occurrences.some(isIts));
}

function isIndex(step: string | number): boolean {
  return typeof step === 'number';
}
