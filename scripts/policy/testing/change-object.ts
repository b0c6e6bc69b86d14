import { isRecord } from '../../kubernetes/fields.ts';
import { UserError } from '../../shared/errors.ts';

/**
 * A copy of an object with changes by JSON pointer, one after the other: `-` appends to a list,
 * null takes a field or an element away, and maps on the way are made where there are none.
 *
 * @throws UserError for a pointer that leads nowhere
 */
export function changed(
  object: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  let result: unknown = object;
  for (const [pointer, value] of Object.entries(changes)) {
    if (!pointer.startsWith('/'))
      throw new UserError(`"${pointer}" is no JSON pointer: it starts with no "/"`);
    const steps = pointer
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    result = withChange(result, steps, value, pointer);
  }
  return result as Readonly<Record<string, unknown>>;
}

function withChange(
  node: unknown,
  [step = '', ...rest]: readonly string[],
  value: unknown,
  pointer: string,
): unknown {
  if (Array.isArray(node)) return changedList(node, step, rest, value, pointer);
  if (node !== undefined && !isRecord(node)) {
    throw new UserError(`"${pointer}" leads through what is no map`);
  }
  const fields = new Map(Object.entries(node ?? {}));
  if (rest.length > 0) fields.set(step, withChange(fields.get(step), rest, value, pointer));
  else if (value === null) fields.delete(step);
  else fields.set(step, value);
  return Object.fromEntries(fields);
}

function changedList(
  list: readonly unknown[],
  step: string,
  rest: readonly string[],
  value: unknown,
  pointer: string,
): unknown[] {
  const index = step === '-' ? list.length : Number(step);
  if (!/^(?:-|\d+)$/.test(step) || index > list.length) {
    throw new UserError(`"${pointer}" names no element of its list`);
  }
  if (rest.length === 0 && value === null) return list.toSpliced(index, 1);
  const element = rest.length > 0 ? withChange(list[index], rest, value, pointer) : value;
  return list.toSpliced(index, 1, element);
}
