import { equal } from '../equality.ts';
import { fail } from '../errors.ts';
import { labour } from '../meter.ts';
import { declare, type Library } from '../overloads.ts';
import { isList, none, optionalOf, type Value } from '../values.ts';
import { compare } from './comparison.ts';
import { onComparable } from './lists.ts';

/** Functions that make lists from lists. */
export const listShapes: Library = {
  since: 34,
  functions: [
    declare('slice', { 'list(A).(int, int) -> list(A)': slice }),
    declare('flatten', {
      'list(list(A)).() -> list(A)': (list: Value[]) => flatten(list, 1n),
      'list(dyn).(int) -> list(dyn)': flatten,
    }),
    declare('lists.range', {
      '(int) -> list(int)': (count: bigint) => {
        if (count <= 0n) return [];
        // Each number is an object of its own.
        labour(5 * Number(count));
        return Array.from({ length: Number(count) }, (_, index) => BigInt(index));
      },
    }),
    declare('reverse', { 'list(A).() -> list(A)': (list: Value[]) => list.toReversed() }),
    declare('distinct', { 'list(A).() -> list(A)': distinct }),
    declare('first', {
      'list(A).() -> optional(A)': (list: Value[]) => optionalAt(list, 0),
    }),
    declare('last', {
      'list(A).() -> optional(A)': (list: Value[]) => optionalAt(list, -1),
    }),
    onComparable('sort', 'list(E)', (list) => sortBy(list, list)),
    declare('@sortByAssociatedKeys', { 'list(A).(list(B)) -> list(A)': sortBy }),
  ],
};

function optionalAt(list: readonly Value[], index: number): Value {
  const found = list.at(index);
  return found === undefined ? none : optionalOf(found);
}

function slice(list: readonly Value[], start: bigint, end: bigint): Value {
  const called = `cannot slice(${start}, ${end})`;
  if (start < 0n || end < 0n) return fail(`${called}, negative indexes not supported`);
  if (start > end) {
    return fail(`${called}, start index must be less than or equal to end index`);
  }
  if (end > list.length) return fail(`${called}, list is length ${list.length}`);
  labour(Number(end - start));
  return list.slice(Number(start), Number(end));
}

function flatten(list: readonly Value[], depth: bigint): readonly Value[] {
  if (depth < 0n) return fail('level must be non-negative');
  const flat: Value[] = [];
  for (const item of list) {
    const inside = isList(item) && depth > 0n ? flatten(item, depth - 1n) : [item];
    labour(inside.length);
    for (const each of inside) flat.push(each);
  }
  return flat;
}

function distinct(list: readonly Value[]): Value {
  const primitives = new Set<Value>();
  const others: Value[] = [];
  return list.filter((item) => {
    if (typeof item === 'string' || typeof item === 'boolean') {
      return !primitives.has(item) && primitives.add(item);
    }
    labour(others.length);
    return !others.some((other) => equal(other, item)) && others.push(item);
  });
}

function sortBy(list: readonly Value[], keys: readonly Value[]): Value {
  labour(list.length);
  return list
    .map((item, index) => ({ item, key: keys[index] as Value }))
    .sort((one, other) => Number(compare(one.key, other.key, 'sort') ?? 0n))
    .map(({ item }) => item);
}
