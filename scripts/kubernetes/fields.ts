import type { FieldPath } from '../model.ts';

/** Whether a value is a mapping: an object, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined when something on the way is not there. */
export function valueAt(data: unknown, path: FieldPath): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** The mapping at a path, or an empty one. */
export function recordAt(data: unknown, path: FieldPath): Readonly<Record<string, unknown>> {
  const value = valueAt(data, path);
  return isRecord(value) ? value : {};
}

/** The list at a path, or an empty one. */
export function listAt(data: unknown, path: FieldPath): readonly unknown[] {
  const value = valueAt(data, path);
  return Array.isArray(value) ? value : [];
}

/** The text at a path, or undefined when there is none or it is something else. */
export function textAt(data: unknown, path: FieldPath): string | undefined {
  const value = valueAt(data, path);
  return typeof value === 'string' ? value : undefined;
}

/** A path as a JSON pointer (RFC 6901): `/metadata/annotations/a~1b`. */
export function toPointer(path: FieldPath): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
