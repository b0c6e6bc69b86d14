import { EvaluationError, fail } from '../errors.ts';
import { declare, type Library } from '../overloads.ts';
import { parseQuantity } from '../quantity.ts';
import type { Opaque, Value } from '../values.ts';

const tag = 'kubernetes.Quantity';
const nano = 1_000_000_000n;
const int64 = 1n << 63n;

/** A Kubernetes quantity as CEL sees it. */
interface Quantity extends Opaque {
  readonly tag: typeof tag;
  readonly amount: { nanos: bigint; readonly wide: boolean };
}

/** Amounts of resources: `quantity('1Gi')`. */
export const quantities: Library = {
  since: 28,
  types: [tag],
  functions: [
    declare('quantity', {
      [`(string) -> ${tag}`]: (text: string) => make(parseQuantity(text)),
    }),
    declare('isQuantity', { '(string) -> bool': isQuantity }),
    method('sign', 'int', ({ amount }) => sign(amount.nanos)),
    method('isInteger', 'bool', ({ amount }) => isInteger(amount.nanos)),
    method('asInteger', 'int', ({ amount }) =>
      isInteger(amount.nanos) ? amount.nanos / nano : fail('cannot convert value to integer'),
    ),
    method('asApproximateFloat', 'double', ({ amount }) => Number(amount.nanos) / Number(nano)),
    comparison('isGreaterThan', 'bool', (order) => order > 0n),
    comparison('isLessThan', 'bool', (order) => order < 0n),
    comparison('compareTo', 'int', (order) => order),
    sum('add', 1n),
    sum('sub', -1n),
  ],
};

function make(amount: Quantity['amount']): Quantity {
  return {
    tag,
    amount,
    get key() {
      return amount.nanos;
    },
  };
}

function isQuantity(text: string): boolean {
  try {
    parseQuantity(text);
    return true;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}

function isInteger(nanos: bigint): boolean {
  const value = nanos / nano;
  return nanos % nano === 0n && value >= -int64 && value < int64;
}

function sign(value: bigint): bigint {
  if (value === 0n) return 0n;
  return value < 0n ? -1n : 1n;
}

function method(name: string, result: string, run: (quantity: Quantity) => Value) {
  return declare(name, { [`${tag}.() -> ${result}`]: run });
}

function comparison(name: string, result: string, decide: (order: bigint) => Value) {
  return declare(name, {
    [`${tag}.(${tag}) -> ${result}`]: (one: Quantity, other: Quantity) =>
      decide(sign(one.amount.nanos - other.amount.nanos)),
  });
}

/**
 * `add` and `sub`. The API server changes a quantity in place where it does not fit into 64 bits,
 * so that every value made from it moves along; so does this.
 */
function sum(name: string, factor: bigint) {
  const change = ({ amount }: Quantity, nanos: bigint): Value => {
    const result = amount.nanos + factor * nanos;
    if (!amount.wide) return make({ nanos: result, wide: !fits(result) });
    amount.nanos = result;
    return make(amount);
  };
  return declare(name, {
    [`${tag}.(${tag}) -> ${tag}`]: (one: Quantity, other: Quantity) =>
      change(one, other.amount.nanos),
    [`${tag}.(int) -> ${tag}`]: (one: Quantity, other: bigint) => change(one, other * nano),
  });
}

function fits(nanos: bigint): boolean {
  const whole = nanos / nano;
  return whole >= -int64 && whole < int64;
}
