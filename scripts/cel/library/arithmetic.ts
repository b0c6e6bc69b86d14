import { fail } from '../errors.ts';
import { labour } from '../meter.ts';
import { declareShared, type Library } from '../overloads.ts';
import { addTime, isDuration, isTimestamp, makeDuration, subtractTime } from '../time.ts';
import { isList, isUint, typeName, uint, type Value } from '../values.ts';

const overflow = 'integer overflow';
const unsignedOverflow = 'unsigned integer overflow';

/** An int64, or the overflow error. */
export function int64(value: bigint): bigint {
  return BigInt.asIntN(64, value) === value ? value : fail(overflow);
}

/** A uint64, or the overflow error. */
export function uint64(value: bigint): Value {
  return BigInt.asUintN(64, value) === value ? uint(value) : fail(unsignedOverflow);
}

const numbers = ['(int, int) -> int', '(uint, uint) -> uint', '(double, double) -> double'];

/** Operators that compute. */
export const arithmetic: Library = {
  since: 0,
  functions: [
    declareShared(
      '_+_',
      [
        ...numbers,
        '(string, string) -> string',
        '(bytes, bytes) -> bytes',
        '(list(A), list(A)) -> list(A)',
        '(timestamp, duration) -> timestamp',
        '(duration, timestamp) -> timestamp',
        '(duration, duration) -> duration',
      ],
      add,
    ),
    declareShared(
      '_-_',
      [
        ...numbers,
        '(timestamp, timestamp) -> duration',
        '(timestamp, duration) -> timestamp',
        '(duration, duration) -> duration',
      ],
      subtract,
    ),
    declareShared('_*_', numbers, (one: Value, other: Value) =>
      compute(
        '_*_',
        one,
        other,
        (a, b) => a * b,
        (a, b) => a * b,
      ),
    ),
    declareShared('_/_', numbers, (one: Value, other: Value) =>
      compute(
        '_/_',
        one,
        other,
        (a, b) => (b === 0n ? fail('division by zero') : a / b),
        (a, b) => a / b,
      ),
    ),
    declareShared('_%_', numbers.slice(0, 2), (one: Value, other: Value) =>
      compute('_%_', one, other, (a, b) => (b === 0n ? fail('modulus by zero') : a % b)),
    ),
    declareShared(
      '-_',
      ['(int) -> int', '(double) -> double', '(duration) -> duration'],
      (value: Value) => {
        if (typeof value === 'bigint') return int64(-value);
        if (typeof value === 'number') return -value;
        if (isDuration(value)) return makeDuration(-value.key);
        return typeof value === 'boolean' ? !value : fail('no such overload: -_');
      },
    ),
    declareShared('!_', ['(bool) -> bool'], (value: Value) =>
      typeof value === 'boolean' ? !value : fail('no such overload: !_'),
    ),
  ],
};

function compute(
  operator: string,
  one: Value,
  other: Value,
  whole: (one: bigint, other: bigint) => bigint,
  real?: (one: number, other: number) => number,
): Value {
  if (typeof one === 'bigint') {
    return typeof other === 'bigint' ? int64(whole(one, other)) : fail('no such overload');
  }
  if (isUint(one)) {
    return isUint(other) ? uint64(whole(one.key, other.key)) : fail('no such overload');
  }
  if (real && typeof one === 'number') {
    return typeof other === 'number' ? real(one, other) : fail('no such overload');
  }
  return fail(`no such overload: ${operator}`);
}

function add(one: Value, other: Value): Value {
  if (typeof one === 'string') {
    if (typeof other !== 'string') return fail('no such overload');
    labour(one.length + other.length);
    return one + other;
  }
  if (isList(one)) {
    if (!isList(other)) return fail('no such overload');
    labour(one.length + other.length);
    return [...one, ...other];
  }
  if (one instanceof Uint8Array) {
    if (!(other instanceof Uint8Array)) return fail('no such overload');
    labour(one.length + other.length);
    return new Uint8Array(Buffer.concat([one, other]));
  }
  if (isTimestamp(one) || isDuration(one)) return addTime(one, other);
  return compute(
    '_+_',
    one,
    other,
    (a, b) => a + b,
    (a, b) => a + b,
  );
}

function subtract(one: Value, other: Value): Value {
  if (isTimestamp(one) || isDuration(one)) return subtractTime(one, other);
  if (['string', 'list', 'bytes'].includes(typeName(one))) return fail('no such overload: _-_');
  return compute(
    '_-_',
    one,
    other,
    (a, b) => a - b,
    (a, b) => a - b,
  );
}
