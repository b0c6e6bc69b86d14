import { CannotTell, TemplateFault } from './errors.ts';
import type { TemplateFunction } from './functions.ts';

/** Whole numbers, as sprig counts: whatever comes is made one. */
export const mathFunctions: Readonly<Record<string, TemplateFunction>> = {
  int: ([value]) => whole(value),
  int64: ([value]) => whole(value),
  add: (values) => values.reduce((sum: bigint, one) => sum + whole(one), 0n),
  add1: ([value]) => whole(value) + 1n,
  sub: ([a, b]) => whole(a) - whole(b),
  mul: ([first, ...others]) => others.reduce((all: bigint, one) => all * whole(one), whole(first)),
  div: ([a, b]) => whole(a) / divisor(b),
  mod: ([a, b]) => whole(a) % divisor(b),
  max: (values) => ordered(values).at(-1),
  min: (values) => ordered(values)[0],
  until: ([count]) => upTo(whole(count)),
};

function whole(value: unknown): bigint {
  if (typeof value === 'bigint') return limited(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
  // What is no number counts as none.
  if (typeof value === 'string' && /^[+-]?(0|[1-9]\d{0,17})$/.test(value)) return BigInt(value);
  return 0n;
}

function ordered(values: readonly unknown[]): bigint[] {
  return values.map(whole).sort((a, b) => Number(a > b) - Number(a < b));
}

/** Go's numbers wrap around there, which nobody means. */
function limited(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) throw new CannotTell('a number is too large');
  return value;
}

function divisor(value: unknown): bigint {
  const number = whole(value);
  if (number === 0n) throw new TemplateFault('integer divide by zero');
  return number;
}

function upTo(count: bigint): bigint[] {
  if (count > 1000n) throw new CannotTell('the template takes too long');
  return Array.from({ length: Math.max(0, Number(count)) }, (_, index) => BigInt(index));
}
