import { labour } from './meter.ts';
import {
  decodeKey,
  isList,
  isMap,
  isOptional,
  isUint,
  type Key,
  lookUp,
  type Value,
} from './values.ts';

/** Whether two values are equal; numbers of different types are compared by value. */
export function equal(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || one === null) return numbersEqual(one, other);
  if (isUint(one)) return numbersEqual(one, other);
  if (isList(one)) return isList(other) && equalLists(one, other);
  if (isMap(one)) return isMap(other) && equalMaps(one, other);
  if (one instanceof Uint8Array) {
    return other instanceof Uint8Array && Buffer.compare(one, other) === 0;
  }
  if (typeof other !== 'object' || other === null || !('tag' in other) || !('tag' in one)) {
    return false;
  }
  if (isOptional(one) && isOptional(other)) {
    if (one.value === undefined || other.value === undefined) return one.value === other.value;
    return equal(one.value, other.value);
  }
  return one.tag === other.tag && one.key === other.key;
}

function numbersEqual(one: Value, other: Value): boolean {
  const [left, right] = [numeric(one), numeric(other)];
  return left !== undefined && right !== undefined && compareNumbers(left, right) === 0n;
}

/** A number of any type without its type, or nothing for any other value. */
export function numeric(value: Value): number | bigint | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return isUint(value) ? value.key : undefined;
}

/** -1, 0 or 1; nothing for NaN. Against a double, an integer is rounded to one, as in the API server. */
export function compareNumbers(one: number | bigint, other: number | bigint): bigint | undefined {
  if (typeof one !== typeof other) return compareNumbers(Number(one), Number(other));
  if (one < other) return -1n;
  if (one > other) return 1n;
  return one === other ? 0n : undefined;
}

function equalLists(one: readonly Value[], other: readonly Value[]): boolean {
  if (one.length !== other.length) return false;
  labour(one.length);
  return one.every((value, index) => equal(value, other[index] as Value));
}

function equalMaps(one: ReadonlyMap<Key, Value>, other: ReadonlyMap<Key, Value>): boolean {
  if (one.size !== other.size) return false;
  labour(one.size);
  for (const [key, value] of one) {
    const found = lookUp(other, decodeKey(key));
    if (found === undefined || !equal(value, found)) return false;
  }
  return true;
}
