import { TemplateFault } from './errors.ts';
import type { TemplateFunction } from './functions.ts';
import { isTrue, typeOf } from './values.ts';

/** Comparing and choosing. */
export const compareFunctions: Readonly<Record<string, TemplateFunction>> = {
  not: ([value]) => !isTrue(value),
  eq: ([first, ...others]) => others.some((other) => equal(first, other)),
  ne: ([a, b]) => !equal(a, b),
  lt: ([a, b]) => order(a, b) < 0,
  le: ([a, b]) => order(a, b) <= 0,
  gt: ([a, b]) => order(a, b) > 0,
  ge: ([a, b]) => order(a, b) >= 0,
  // The fallback comes first, the value last, for the value is piped.
  default: ([fallback, value]) => (isTrue(value) ? value : fallback),
  coalesce: (values) => values.find(isTrue),
  empty: ([value]) => !isTrue(value),
  ternary: ([yes, no, value]) => (value === true ? yes : no),
  required: ([message, value]) => {
    if (isTrue(value)) return value;
    throw new TemplateFault(String(message));
  },
  fail: ([message]) => {
    throw new TemplateFault(String(message));
  },
  kindOf: ([value]) => kindOf(value),
  kindIs: ([kind, value]) => kindOf(value) === kind,
  typeOf: ([value]) => typeOf(value),
};

function kindOf(value: unknown): string {
  const type = typeOf(value);
  if (type.startsWith('[]')) return 'slice';
  if (type.startsWith('map')) return 'map';
  return type === 'nil' ? 'invalid' : type;
}

function equal(a: unknown, b: unknown): boolean {
  const [left, right] = [typeOf(a), typeOf(b)];
  if (left === 'nil' || right === 'nil') return left === right;
  if (left !== right) throw new TemplateFault('incompatible types for comparison');
  if (typeof a === 'object') throw new TemplateFault('non-comparable types');
  return a === b;
}

function order(a: unknown, b: unknown): number {
  const [left, right] = [typeOf(a), typeOf(b)];
  if (left !== right) throw new TemplateFault('incompatible types for comparison');
  if (!['string', 'int', 'float64'].includes(left)) {
    throw new TemplateFault('invalid type for comparison');
  }
  const [x, y] = [a as string, b as string];
  return x < y ? -1 : Number(x > y);
}
