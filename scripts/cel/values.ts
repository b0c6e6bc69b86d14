/**
 * A CEL value. Integers are `bigint` (int64), floating point numbers `number`, maps `Map`s with
 * encoded keys (see `encodeKey`), and every other type an object with a `tag`, its type's name.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly Value[]
  | ReadonlyMap<Key, Value>
  | Opaque;

/** A key of a map; an unsigned integer is moved above every other integer. */
export type Key = string | boolean | bigint;

/** A value of a type that has neither literals nor operators of its own. */
export interface Opaque {
  readonly tag: string;
  /** Two values of one tag are equal when their keys are. */
  readonly key: unknown;
}

/** An unsigned 64 bit integer. */
export interface Uint extends Opaque {
  readonly tag: 'uint';
  readonly key: bigint;
}

/** A point in time, in nanoseconds since 1970. */
export interface Timestamp extends Opaque {
  readonly tag: 'google.protobuf.Timestamp';
  readonly key: bigint;
}

/** A span of time in nanoseconds. */
export interface Duration extends Opaque {
  readonly tag: 'google.protobuf.Duration';
  readonly key: bigint;
}

/** A type as a value; its key is the type's name. */
export interface TypeValue extends Opaque {
  readonly tag: 'type';
  readonly key: string;
}

/** A value that may be absent. */
export interface Optional extends Opaque {
  readonly tag: 'optional_type';
  readonly value: Value | undefined;
}

/** An object whose fields are computed when they are asked for. */
export interface Struct extends Opaque {
  readonly tag: 'struct';
  readonly get: (field: string) => Value | undefined;
}

/** The absent optional. */
export const none: Optional = { tag: 'optional_type', key: undefined, value: undefined };

/** Wraps a value as a present optional. */
export function optionalOf(value: Value): Optional {
  return { tag: 'optional_type', key: undefined, value };
}

/** Makes an unsigned integer; the caller has checked its range. */
export function uint(key: bigint): Uint {
  return { tag: 'uint', key };
}

/** Makes a type value of a type's name. */
export function typeValue(key: string): TypeValue {
  return { tag: 'type', key };
}

/** Makes an object with computed fields. */
export function struct(get: (field: string) => Value | undefined): Struct {
  return { tag: 'struct', key: get, get };
}

/** Whether a value is a list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is a map. */
export function isMap(value: Value): value is ReadonlyMap<Key, Value> {
  return value instanceof Map;
}

/** Whether a value is an unsigned integer. */
export function isUint(value: Value): value is Uint {
  return hasTag(value, 'uint');
}

/** Whether a value is an optional. */
export function isOptional(value: Value): value is Optional {
  return hasTag(value, 'optional_type');
}

/** Whether a value is an object with computed fields. */
export function isStruct(value: Value): value is Struct {
  return hasTag(value, 'struct');
}

/** Whether a value is of the opaque type of that name. */
export function hasTag(value: Value, tag: string): value is Opaque {
  return typeof value === 'object' && value !== null && 'tag' in value && value.tag === tag;
}

/** The name of a value's type at run time, as `type(value)` shows it. */
export function typeName(value: Value): string {
  if (value === null) return 'null_type';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'string') return 'string';
  if (value instanceof Uint8Array) return 'bytes';
  if (isList(value)) return 'list';
  return 'tag' in value ? value.tag : 'map';
}

const uintOffset = 1n << 64n;

/** The key under which a map holds a value, or nothing where a value cannot be a key. */
export function encodeKey(value: Value): Key | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') {
    return value;
  }
  return isUint(value) ? value.key + uintOffset : undefined;
}

/** The value that a map's key stands for. */
export function decodeKey(key: Key): Value {
  return typeof key === 'bigint' && key >= uintOffset ? uint(key - uintOffset) : key;
}

/** Looks a key up; numbers of any type find their equal. */
export function lookUp(map: ReadonlyMap<Key, Value>, key: Value): Value | undefined {
  if (typeof key === 'string' || typeof key === 'boolean') return map.get(key);
  const whole = typeof key === 'number' ? (Number.isInteger(key) ? BigInt(key) : undefined) : key;
  if (typeof whole === 'bigint') {
    const found = map.get(whole);
    return found === undefined && whole >= 0n ? map.get(whole + uintOffset) : found;
  }
  if (whole === undefined || !isUint(whole)) return undefined;
  return map.get(whole.key + uintOffset) ?? map.get(whole.key);
}
