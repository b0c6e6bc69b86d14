import { fromJson } from '../cel/json.ts';
import type { Key, Value } from '../cel/values.ts';
import type { FieldPath } from '../model.ts';

/** A value that tells which of its fields are read. */
export interface Traced {
  readonly value: Value;
  /** The fields that were read, in that order. */
  readonly reads: readonly FieldPath[];
}

/** An object as expressions see it, which notes every field that one of them reads. */
export function traced(object: unknown): Traced {
  const reads: FieldPath[] = [];
  return { value: watch(object, []), reads };

  function watch(value: unknown, path: FieldPath): Value {
    if (Array.isArray(value)) return watchList(value, path);
    if (typeof value !== 'object' || value === null) return fromJson(value);
    const fields = Object.entries(value).filter(([, each]) => each !== undefined);
    const map = new Map<Key, Value>(
      fields.map(([key, each]) => [key, watch(each, [...path, key])]),
    );
    const { get } = map;
    // What walks a map reads its entries without asking for them by name.
    map.get = (key) => {
      reads.push([...path, String(key)]);
      return get.call(map, key);
    };
    return map;
  }

  function watchList(list: readonly unknown[], path: FieldPath): Value {
    const items = list.map((each, index) => watch(each, [...path, index]));
    return new Proxy(items, {
      get(target, name, receiver) {
        if (typeof name === 'string' && /^\d+$/.test(name)) reads.push([...path, Number(name)]);
        return Reflect.get(target, name, receiver);
      },
    });
  }
}
