import { valueAt } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';
import { blame } from './blame.ts';
import type { Blame } from './found.ts';
import { leavesOf } from './leaves.ts';
import { possibleWriters } from './possible-writers.ts';
import type { Trace } from './trace.ts';
import { byOrder, type Writer } from './writer.ts';

/** Everything that makes a value. */
interface Chain {
  /** First writers first. */
  readonly writers: readonly Writer[];
  readonly certainty: Blame['certainty'];
}

/** Of larger collections only the first fields tell who else has written into them. */
const mostFields = 200;

/** All that writes a field; of a list or mapping also what writes into it. */
export function chainOf(trace: Trace, path: FieldPath): Chain {
  const { winners, overridden, certainty } = blame(trace, path);
  const value = valueAt(trace.manifest.data, path);
  if (typeof value !== 'object' || value === null) {
    return { writers: [...overridden, ...winners.toSorted(byOrder)], certainty };
  }
  const whole = possibleWriters(trace, path);
  const first = whole.length > 0 ? whole : winners;
  const known = new Set(first.map(({ document }) => document));
  const parts: Writer[] = [];
  for (const field of leavesOf(value, path, mostFields)) {
    for (const writer of blame(trace, field).winners) {
      if (known.has(writer.document)) continue;
      known.add(writer.document);
      parts.push(writer);
    }
  }
  const writers = [...first, ...parts].sort(byOrder);
  const isAll = JSON.stringify(writers.at(-1)?.value) === JSON.stringify(value);
  return { writers, certainty: isAll ? certainty : 'resource' };
}
