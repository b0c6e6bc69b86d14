import type { Certainty, FieldPath } from '../model.ts';
import { isSameWriter, type Writer } from './writer.ts';

/** Who set a field of a rendered object. */
export interface Blame {
  /** The field, or its nearest parent that is there. */
  readonly path: FieldPath;
  /** Everything that the value is made of, what decides last; none when nothing is known. */
  readonly winners: readonly Writer[];
  /** Whatever else writes the field and is overridden, first writers first. */
  readonly overridden: readonly Writer[];
  /** `exact` is proven: with what was written put back, the canary build is the plain one. */
  readonly certainty: Exclude<Certainty, 'file'>;
}

/** The same of a field that is there. */
export type Found = Omit<Blame, 'path'>;

/** Each place once. */
export function distinct(writers: readonly Writer[]): Writer[] {
  return writers.filter(
    (one, index) => writers.findIndex((other) => isSameWriter(one, other)) === index,
  );
}

/** What was found, without what decides among the rest. */
export function result(
  winners: readonly Writer[],
  writers: readonly Writer[],
  certainty: Found['certainty'],
): Found {
  // The entry of a generator that names the file is no other value than the file.
  const isFile = winners.some(({ document }) => document.kind === 'data');
  const overridden = distinct(writers).filter(
    (writer) =>
      !winners.some((winner) => isSameWriter(winner, writer)) &&
      !(isFile && writer.path.at(-2) === 'files'),
  );
  return { winners, overridden, certainty };
}
