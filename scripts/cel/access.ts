import { equal } from './equality.ts';
import { fail } from './errors.ts';
import {
  isList,
  isMap,
  isOptional,
  isStruct,
  isUint,
  lookUp,
  none,
  optionalOf,
  typeName,
  type Value,
} from './values.ts';

/** The element of a list or map at an index, or nothing where there is none. */
function find(container: Value, index: Value): Value | undefined {
  if (isMap(container)) return lookUp(container, index);
  if (isList(container)) {
    const position = listIndex(index);
    return position >= 0n && position < container.length ? container[Number(position)] : undefined;
  }
  return isStruct(container) && typeof index === 'string' ? container.get(index) : undefined;
}

/** `container[index]` and `container.index`; on an optional, an optional. */
export function access(container: Value, index: Value): Value {
  if (isOptional(container)) return accessOptional(container, index);
  const found = find(container, index);
  if (found !== undefined) return found;
  if (isList(container)) return fail(`index out of bounds: ${listIndex(index)}`);
  return fail(`no such key: ${showKey(index)}`);
}

/** `container[?index]` and `container.?index`. */
export function accessOptional(container: Value, index: Value): Value {
  const inside = isOptional(container) ? container.value : container;
  const found = inside === undefined ? undefined : find(inside, index);
  return found === undefined ? none : optionalOf(found);
}

/** `has(container.field)`. */
export function has(container: Value, field: string): boolean {
  const inside = isOptional(container) ? container.value : container;
  return inside !== undefined && find(inside, field) !== undefined;
}

/** `value in container`. */
export function contains(value: Value, container: Value): boolean {
  if (isMap(container)) return lookUp(container, value) !== undefined;
  if (!isList(container)) return fail('no such overload: @in');
  return container.some((element) => equal(element, value));
}

function listIndex(index: Value): bigint {
  if (typeof index === 'bigint') return index;
  if (isUint(index)) return index.key;
  if (typeof index === 'number' && Number.isInteger(index)) return BigInt(index);
  return fail(
    typeof index === 'number'
      ? `unsupported index value ${index} in list`
      : `unsupported index type '${typeName(index)}' in list`,
  );
}

function showKey(key: Value): string {
  if (isUint(key)) return String(key.key);
  return typeof key === 'object' && key !== null ? typeName(key) : String(key);
}
