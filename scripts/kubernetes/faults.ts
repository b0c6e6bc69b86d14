import type { FieldPath, Severity } from '../model.ts';
import { isRecord } from './fields.ts';

/** What the API server's own validation holds against one field of an object. */
export interface Fault {
  readonly path: FieldPath;
  /** One clause that names the value at fault and the limit; never a secret's value. */
  readonly message: string;
  readonly fix?: string;
  /** Absent for what is refused. */
  readonly severity?: Severity;
}

/** A mapping of an object, in whatever state it is. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value when it is a mapping, and an empty one otherwise. */
export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** Shared by everything that finds nothing, which is nearly always. */
const none: readonly never[] = [];

/** The mappings of a list, each with its path; none when it is no list. */
export function items(value: unknown, path: FieldPath): readonly [Fields, FieldPath][] {
  if (!Array.isArray(value)) return none;
  const found: [Fields, FieldPath][] = [];
  for (const [index, item] of value.entries()) {
    if (isRecord(item)) found.push([item, [...path, index]]);
  }
  return found;
}

/** The texts of a list, each with its path; none when it is no list. */
export function texts(value: unknown, path: FieldPath): readonly [string, FieldPath][] {
  if (!Array.isArray(value)) return none;
  const found: [string, FieldPath][] = [];
  for (const [index, item] of value.entries()) {
    if (typeof item === 'string') found.push([item, [...path, index]]);
  }
  return found;
}

/** Names of the fields that say something: null is as good as left out. */
export function present(fields: Fields, names: Iterable<string>): string[] {
  return [...names].filter((name) => fields[name] !== undefined && fields[name] !== null);
}

/** Whether a field has neither text nor anything else in it. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** A value as messages show it, cut where it is long. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : plain(value);
  return text.length > 80 ? `${text.slice(0, 76)}..."` : text;
}

/** As `quoted`, without the quotes of a text: for numbers and the words of an enumeration. */
export function plain(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 80);
  if (typeof value !== 'object') return String(value);
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'a mapping';
}

/** Names in a sentence: `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Numbers outside their bounds; what is no number is for the schema to tell. */
export function outside(
  fields: Fields,
  path: FieldPath,
  names: readonly string[],
  least: number,
  most: number = Number.POSITIVE_INFINITY,
): readonly Fault[] {
  let faults: Fault[] | undefined;
  for (const name of names) {
    const value = fields[name];
    if (typeof value !== 'number' || (value >= least && value <= most)) continue;
    const limit = value < least ? `below ${least}` : `above ${most}`;
    faults ??= [];
    faults.push({ path: [...path, name], message: `${name} ${value} is ${limit}` });
  }
  return faults ?? none;
}
