import type { Key, Value } from './values.ts';

const largest = 2 ** 63;

/**
 * A JSON value as CEL sees it: a whole number is an integer, for the API server decodes it so,
 * and an object a map. Fields that are `undefined` do not exist.
 */
export function fromJson(value: unknown): Value {
  if (typeof value === 'number') return fromNumber(value);
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === 'object' && value !== null) {
    const map = new Map<Key, Value>();
    for (const key of Object.keys(value)) {
      const field = (value as Record<string, unknown>)[key];
      if (field !== undefined) map.set(key, fromJson(field));
    }
    return map;
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'bigint' ? BigInt.asIntN(64, value) : null;
}

function fromNumber(value: number): Value {
  return Number.isInteger(value) && value >= -largest && value < largest ? BigInt(value) : value;
}
