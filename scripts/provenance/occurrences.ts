import type { FieldPath } from '../model.ts';
import type { Token } from './tokens.ts';

/** A mark in a rendered object. */
export interface Occurrence {
  /** The field that shows it. */
  readonly path: FieldPath;
  readonly token: Token;
}

/** Some of an object's marks by their fields. */
interface Branch {
  /** They stand together, for they are in the order of the object's fields. */
  readonly start: number;
  end: number;
  readonly steps: Map<string | number, Branch>;
}

/**
 * The marks at and below a field. Objects may have a hundred thousand of them, and each
 * field of theirs is asked about.
 *
 * @param occurrences in the order of the object's fields
 */
export function occurrencesBelow(
  occurrences: readonly Occurrence[],
  path: FieldPath,
): readonly Occurrence[] {
  let branch: Branch | undefined = treeOf(occurrences);
  for (const step of path) branch = branch?.steps.get(step);
  return branch ? occurrences.slice(branch.start, branch.end) : [];
}

const trees = new WeakMap<readonly Occurrence[], Branch>();

function treeOf(occurrences: readonly Occurrence[]): Branch {
  const known = trees.get(occurrences);
  if (known) return known;
  const root: Branch = { start: 0, end: occurrences.length, steps: new Map() };
  for (const [index, { path }] of occurrences.entries()) {
    let branch = root;
    for (const step of path) {
      let next = branch.steps.get(step);
      if (!next) {
        next = { start: index, end: index, steps: new Map() };
        branch.steps.set(step, next);
      }
      next.end = index + 1;
      branch = next;
    }
  }
  trees.set(occurrences, root);
  return root;
}
