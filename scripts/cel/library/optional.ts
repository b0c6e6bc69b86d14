import { fail } from '../errors.ts';
import { declare, declareShared, type Library } from '../overloads.ts';
import { isList, isMap, isUint, none, type Optional, optionalOf, type Value } from '../values.ts';

/** Values that may be absent. */
export const optional: Library = {
  since: 28,
  types: ['optional_type'],
  functions: [
    declare('optional.of', { '(V) -> optional(V)': (value: Value) => optionalOf(value) }),
    declare('optional.none', { '() -> optional(V)': () => none }),
    declare('optional.ofNonZeroValue', {
      '(V) -> optional(V)': (value: Value) => (isZero(value) ? none : optionalOf(value)),
    }),
    declare('hasValue', {
      'optional(V).() -> bool': ({ value }: Optional) => value !== undefined,
    }),
    declare('value', {
      'optional(V).() -> V': ({ value }: Optional) =>
        value === undefined ? fail('optional.none() dereference') : value,
    }),
    declareShared('or', ['optional(V).(optional(V)) -> optional(V)'], () => false),
    declareShared('orValue', ['optional(V).(V) -> V'], () => false),
    declareShared(
      '_[_]',
      ['(optional(list(V)), int) -> optional(V)', '(optional(map(K, V)), K) -> optional(V)'],
      () => false,
    ),
    declareShared(
      '_[?_]',
      [
        '(list(V), int) -> optional(V)',
        '(optional(list(V)), int) -> optional(V)',
        '(map(K, V), K) -> optional(V)',
        '(optional(map(K, V)), K) -> optional(V)',
      ],
      () => false,
    ),
  ],
};

function isZero(value: Value): boolean {
  if (isList(value) || value instanceof Uint8Array) return value.length === 0;
  if (isMap(value)) return value.size === 0;
  if (isUint(value)) return value.key === 0n;
  if (typeof value === 'object' && value !== null) {
    return (
      'key' in value && (value.key === 0n || (value.tag === 'optional_type' && !isPresent(value)))
    );
  }
  return !value;
}

function isPresent(value: Value): boolean {
  return (
    typeof value === 'object' && value !== null && 'value' in value && value.value !== undefined
  );
}
