import { nearest } from '../shared/nearest.ts';
import type { CheckError, SchemaProblem } from './problems.ts';

/** What is wrong with a value, in one clause, and what it was probably meant to be. */
export function worded(
  { keyword, params }: CheckError,
  name: string,
  value: unknown,
  isSecret: boolean,
): Omit<SchemaProblem, 'path'> {
  const shown = isSecret ? undefined : quoted(value);
  const not = shown === undefined ? '' : `, not ${shown}`;
  switch (keyword) {
    case 'type': {
      if (value === null && !name.endsWith(']')) {
        return { message: `required field "${name}" is null` };
      }
      const types = [params.type].flat().filter((type) => type !== 'null');
      const wanted = types.map((type) => articled(String(type))).join(' or ');
      const found = shown === undefined ? typeOf(value) : `the ${typeof value} ${shown}`;
      return { message: `${name} must be ${wanted}, not ${found}` };
    }
    case 'enum': {
      const all = params.allowedValues as unknown[];
      const values = all.filter((one) => one !== null && one !== '').map(String);
      const near = typeof value === 'string' ? nearest(value, values) : undefined;
      const list = `${values.length > 1 ? 'one of ' : ''}${values.join(', ')}`;
      const hint = near ? { fix: `Did you mean "${near}"?` } : {};
      return { message: `${name} must be ${list}${not && `;${not.slice(1)}`}`, ...hint };
    }
    case 'format': {
      const format = String(params.format);
      return { message: `${name} must be ${formats[format] ?? `of format ${format}`}${not}` };
    }
    case 'anyOf':
    case 'oneOf':
      return { message: alternatives(keyword, params.schema, name) };
    default:
      return { message: `${name} ${bound(keyword, params)}${not}` };
  }
}

const formats: Readonly<Record<string, string>> = {
  int32: 'a number of 32 bits',
  int64: 'a number of 64 bits',
  quantity: 'a quantity such as 500m or 1Gi',
  byte: 'base64',
  dateTime: 'a time such as 2025-01-31T12:00:00Z',
  'date-time': 'a time such as 2025-01-31T12:00:00Z',
};

function bound(keyword: string, { limit, comparison, pattern, multipleOf }: CheckError['params']) {
  switch (keyword) {
    case 'pattern':
      return `must match ${pattern}`;
    case 'minLength':
    case 'maxLength':
      return `must have at ${keyword.slice(0, 3) === 'min' ? 'least' : 'most'} ${limit} characters`;
    case 'minItems':
    case 'maxItems':
      return `must have at ${keyword.slice(0, 3) === 'min' ? 'least' : 'most'} ${limit} items`;
    case 'minProperties':
    case 'maxProperties':
      return `must have at ${keyword.slice(0, 3) === 'min' ? 'least' : 'most'} ${limit} fields`;
    case 'multipleOf':
      return `must be a multiple of ${multipleOf}`;
    case 'uniqueItems':
      return 'must not have an item twice';
    default:
      return comparison ? `must be ${comparison} ${limit}` : `breaks the schema's "${keyword}"`;
  }
}

/** Alternatives mostly say which field must be set; others are too long to tell. */
function alternatives(keyword: string, schema: unknown, name: string): string {
  const needed = (schema as readonly { required?: unknown }[]).map(({ required }) =>
    Array.isArray(required) ? required.join(' and ') : '',
  );
  const count = keyword === 'oneOf' ? 'exactly one' : 'one';
  if (needed.every(Boolean)) return `${name} must have ${count} of ${needed.join(', ')}`;
  return `${name} must match ${count} of the alternatives in its schema`;
}

function articled(type: string): string {
  return type === 'array' ? 'a list' : `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Long texts and objects would drown the message. */
function quoted(value: unknown): string | undefined {
  if (typeof value === 'string') return value.length > 60 ? undefined : JSON.stringify(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
