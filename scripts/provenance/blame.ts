import { isRecord, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { collection } from './collection.ts';
import { metadataWriter } from './common-metadata.ts';
import { type Blame, distinct, type Found, result } from './found.ts';
import { occurrencesBelow } from './occurrences.ts';
import { orderOf } from './order-of.ts';
import { possibleWriters } from './possible-writers.ts';
import { spelt } from './spelt.ts';
import { restoredAt, type Trace } from './trace.ts';
import { type Writer, writerOf } from './writer.ts';

/** Finds who set a field, by the marks of the canary build and else by what is written. */
export function blame(trace: Trace, path: FieldPath): Blame {
  const { data } = trace.manifest;
  const there = nearestThere(data, path);
  const value = valueAt(data, there);
  const isCollection = isRecord(value) || Array.isArray(value);
  const found = isCollection ? collection(trace, there) : scalar(trace, there);
  // A sync object that another has patched does not have all its fields where it is written.
  const isElsewhere = found.winners.some(
    ({ document, path: at }) => document.isElsewhere && !document.placeOf(at).found,
  );
  const isUnsure = there.length < path.length || isElsewhere;
  return { path: there, ...found, ...(isUnsure && { certainty: 'resource' }) };
}

function nearestThere(data: unknown, path: FieldPath): FieldPath {
  for (let length = path.length; length > 0; length--) {
    if (valueAt(data, path.slice(0, length)) !== undefined) return path.slice(0, length);
  }
  return [];
}

function scalar(trace: Trace, path: FieldPath): Found {
  const marks = occurrencesBelow(trace.occurrences, path);
  const writers = possibleWriters(trace, path);
  const value = valueAt(trace.manifest.data, path);
  const common = metadataWriter(trace, path);
  if (common) return result([common], writers, 'exact');
  if (marks.length === 0) return unmarked(trace, path, writers, value);
  const parts = marks.map(({ token }) => token).filter((token) => !token.isAdded);
  const tokens = parts.length > 0 ? parts : marks.map(({ token }) => token);
  const winners = distinct(tokens.map((token) => writerOf(token, orderOf(trace, token.document))));
  const restored = restoredAt(trace, path);
  const isProven = restored === value || String(restored) === String(value);
  return result(winners, writers, isProven ? 'exact' : 'resource');
}

/** A name, a type, or another value that kustomize acts on: it is found as it is written. */
function unmarked(
  trace: Trace,
  path: FieldPath,
  writers: readonly Writer[],
  value: unknown,
): Found {
  const kept = spelt(trace, path, writers, value);
  if (kept) return kept;
  const replaced = writers.filter(({ by }) => by === 'replacements');
  const [replacement] = replaced;
  if (replacement) return result([replacement], writers, replaced[1] ? 'resource' : 'exact');
  const last = writers.at(-1);
  if (last) return result([last], writers, 'resource');
  return { ...collection(trace, path.slice(0, -1)), certainty: 'resource' };
}
