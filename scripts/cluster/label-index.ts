import { recordAt } from '../kubernetes/fields.ts';

/** Finds those of many things that a label selector may match, without looking at all of them. */
export type LabelIndex<T> = (selector: unknown) => readonly T[];

/** Groups things by each of their labels: a cluster may have thousands of them. */
export function labelIndexOf<T>(
  things: readonly T[],
  labelsOf: (thing: T) => Readonly<Record<string, unknown>>,
): LabelIndex<T> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    for (const [key, value] of Object.entries(labelsOf(thing))) {
      const group = groups.get(`${key}=${value}`);
      if (group) group.push(thing);
      else groups.set(`${key}=${value}`, [thing]);
    }
  }
  return (selector) => {
    let fewest = things;
    for (const [key, value] of Object.entries(recordAt(selector, ['matchLabels']))) {
      const some = groups.get(`${key}=${value}`) ?? [];
      if (some.length < fewest.length) fewest = some;
    }
    return fewest;
  };
}
