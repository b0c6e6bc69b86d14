import { fail } from './errors.ts';
import type { Type } from './types.ts';
import { decodeKey, isList, isMap, typeName, type Value } from './values.ts';

const runtimeNames: Record<string, string> = {
  timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
  null: 'null_type',
};

/** The name that values of a type show at run time. */
export function runtimeTypeName({ name }: Type): string {
  return runtimeNames[name] ?? name;
}

/** Whether a value fits a type when a call runs; of lists and maps the first element decides. */
export function fitsType(type: Type, value: Value): boolean {
  if (type.kind === 'dyn' || type.kind === 'parameter') return true;
  if (typeName(value) !== runtimeTypeName(type)) return false;
  const [first, second] = type.parameters;
  if (isList(value) && first) {
    return value.length === 0 || fitsType(first, value[0] as Value);
  }
  if (isMap(value) && first && second) {
    for (const [key, element] of value) {
      return fitsType(first, decodeKey(key)) && fitsType(second, element);
    }
  }
  return true;
}

/** Fails as a call does whose arguments no overload takes. */
export function noSuchOverload(name: string, args: readonly Value[]): never {
  return fail(`no such overload: ${name}(${args.map(typeName).join(', ')})`);
}

const goNames: Record<string, string> = {
  null_type: 'types.Null',
  bool: 'types.Bool',
  int: 'types.Int',
  uint: 'types.Uint',
  double: 'types.Double',
  string: 'types.String',
  bytes: 'types.Bytes',
  optional_type: '*types.Optional',
  type: '*types.Type',
  'google.protobuf.Timestamp': 'types.Timestamp',
  'google.protobuf.Duration': 'types.Duration',
};

/** The name some of the API server's messages give to a value's type. */
export function goTypeName(value: Value): string {
  const name = typeName(value);
  return goNames[name] ?? name;
}
