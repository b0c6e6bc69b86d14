import { equal } from '../equality.ts';
import { fail } from '../errors.ts';
import { labour } from '../meter.ts';
import { declare, type FunctionDeclaration, type Library } from '../overloads.ts';
import { addTime, isDuration, makeDuration } from '../time.ts';
import { isUint, uint, type Value } from '../values.ts';
import { int64, uint64 } from './arithmetic.ts';
import { compare } from './comparison.ts';

const comparable = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];

/** Kubernetes' own functions on lists. */
export const lists: Library = {
  since: 0,
  functions: [
    onComparable('isSorted', 'bool', (list) => {
      labour(list.length);
      return list.every(
        (item, index) => index === 0 || inOrder(list[index - 1] as Value, item, 'isSorted'),
      );
    }),
    declare('sum', {
      'list(int).() -> int': (list: bigint[]) => list.reduce((a, b) => int64(a + b), 0n),
      'list(uint).() -> uint': (list: { key: bigint }[]) =>
        list.reduce<Value>((a, { key }) => uint64((isUint(a) ? a.key : 0n) + key), uint(0n)),
      'list(double).() -> double': (list: number[]) => list.reduce((a, b) => a + b, 0),
      'list(duration).() -> duration': (list: Value[]) =>
        list.reduce((a, b) => (isDuration(a) ? addTime(a, b) : a), makeDuration(0n)),
    }),
    onComparable('min', 'E', (list) => extreme('min', list, (order) => order < 0n)),
    onComparable('max', 'E', (list) => extreme('max', list, (order) => order > 0n)),
    declare('indexOf', {
      'list(A).(A) -> int': (list: Value[], value: Value) => {
        labour(list.length);
        return BigInt(list.findIndex((item) => equal(item, value)));
      },
    }),
    declare('lastIndexOf', {
      'list(A).(A) -> int': (list: Value[], value: Value) => {
        labour(list.length);
        return BigInt(list.findLastIndex((item) => equal(item, value)));
      },
    }),
  ],
};

/** Functions on sets, which are lists here. */
export const sets: Library = {
  since: 29,
  functions: [
    declare('sets.contains', { '(list(A), list(A)) -> bool': contains }),
    declare('sets.equivalent', {
      '(list(A), list(A)) -> bool': (one: Value[], other: Value[]) =>
        contains(one, other) && contains(other, one),
    }),
    declare('sets.intersects', {
      '(list(A), list(A)) -> bool': (one: Value[], other: Value[]) => {
        labour(one.length * other.length);
        return one.some((item) => other.some((each) => equal(each, item)));
      },
    }),
  ],
};

function contains(whole: readonly Value[], part: readonly Value[]): boolean {
  labour(whole.length * part.length);
  return part.every((item) => whole.some((each) => equal(each, item)));
}

/** A method on lists of every type that has an order; `E` stands for the type. */
export function onComparable(
  name: string,
  result: string,
  run: (list: readonly Value[]) => Value,
): FunctionDeclaration {
  const signatures = comparable.map(
    (type) => [`list(${type}).() -> ${result.replace('E', type)}`, run] as const,
  );
  return declare(name, Object.fromEntries(signatures));
}

function inOrder(one: Value, other: Value, name: string): boolean {
  return (compare(one, other, name) ?? 1n) <= 0n;
}

function extreme(name: string, list: readonly Value[], better: (order: bigint) => boolean): Value {
  labour(list.length);
  const [first, ...rest] = list;
  if (first === undefined) return fail(`${name} called on empty list`);
  return rest.reduce(
    (best, item) => (better(compare(item, best, name) ?? 0n) ? item : best),
    first,
  );
}
