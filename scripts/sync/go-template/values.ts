import { isRecord } from '../../kubernetes/fields.ts';
import { CannotTell, TemplateFault } from './errors.ts';

/**
 * Stands around what is not in Git, so that whatever a template makes of it is known not to
 * be known.
 */
export const unknownMark = '\u0000';

/** Go's name for the type of a value: whole numbers of a template are bigint, YAML's are not. */
export function typeOf(value: unknown): string {
  if (value === undefined || value === null) return 'nil';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** Whether a value is neither nil, false, zero nor empty, as `if` and `default` see it. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isRecord(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** A value as `{{ }}` and `%v` write it; `none` stands for nil. */
export function textOf(value: unknown, none = '<no value>', depth = 0): string {
  if (depth > 20) throw new CannotTell('a value is nested too deeply');
  if (value === undefined || value === null) return none;
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value))
    return `[${value.map((one) => textOf(one, '<nil>', depth + 1)).join(' ')}]`;
  if (!isRecord(value)) return String(value);
  const entries = Object.keys(value).sort(byBytes);
  return `map[${entries.map((key) => `${key}:${textOf(value[key], '<nil>', depth + 1)}`).join(' ')}]`;
}

/** A number as Go writes a float64 with `%v`. */
export function numberText(value: number): string {
  const text = String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e21)) {
    // Go writes at least two digits of an exponent.
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return text;
}

/** The order of Go's maps and of `sort.Strings`. */
export function byBytes(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * An argument that must be a string.
 *
 * @throws TemplateFault when it is none, as Go does
 */
export function asString(value: unknown): string {
  if (typeof value === 'string') {
    if (value.includes(unknownMark)) throw new CannotTell('a parameter is not in Git');
    return value;
  }
  if (value === undefined || value === null)
    throw new TemplateFault('invalid value; expected string');
  throw new TemplateFault(`wrong type for value; expected string; got ${typeOf(value)}`);
}

/** @throws TemplateFault when it is no whole number */
export function asInt(value: unknown): number {
  if (typeof value === 'bigint') return Number(value);
  throw new TemplateFault(`wrong type for value; expected int; got ${typeOf(value)}`);
}

/** @throws TemplateFault when it is no list */
export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TemplateFault(`wrong type for value; expected a list; got ${typeOf(value)}`);
}

/** @throws TemplateFault when it is no map */
export function asMap(value: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw new TemplateFault(
    `wrong type for value; expected map[string]interface {}; got ${typeOf(value)}`,
  );
}
