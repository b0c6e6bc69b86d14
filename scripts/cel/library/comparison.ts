import { compareNumbers, numeric } from '../equality.ts';
import { fail } from '../errors.ts';
import { declareShared, type Library } from '../overloads.ts';
import { isDuration, isTimestamp } from '../time.ts';
import type { Value } from '../values.ts';

const ordered = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration'];
const mixed = ['int', 'uint', 'double'];
const same = ordered.map((type) => `(${type}, ${type}) -> bool`);
const crossed = mixed.flatMap((one) =>
  mixed.filter((other) => other !== one).map((other) => `(${one}, ${other}) -> bool`),
);

/** `<`, `<=`, `>`, `>=`, `==` and `!=` and the logical operators, as far as types go. */
export const comparison: Library = {
  since: 0,
  functions: [
    ...comparisons(same),
    declareShared('_==_', ['(A, A) -> bool'], () => false),
    declareShared('_!=_', ['(A, A) -> bool'], () => false),
    declareShared('_?_:_', ['(bool, A, A) -> A'], () => false),
    declareShared('@in', ['(A, list(A)) -> bool', '(A, map(A, B)) -> bool'], () => false),
    declareShared('_[_]', ['(list(A), int) -> A', '(map(A, B), A) -> B'], () => false),
  ],
};

/** Comparisons of numbers of different types. */
export const mixedComparison: Library = { since: 28, functions: comparisons(crossed) };

function comparisons(signatures: readonly string[]) {
  return [
    declareShared(
      '_<_',
      signatures,
      test('_<_', (order) => order < 0n),
    ),
    declareShared(
      '_<=_',
      signatures,
      test('_<=_', (order) => order <= 0n),
    ),
    declareShared(
      '_>_',
      signatures,
      test('_>_', (order) => order > 0n),
    ),
    declareShared(
      '_>=_',
      signatures,
      test('_>=_', (order) => order >= 0n),
    ),
  ];
}

function test(operator: string, decide: (order: bigint) => boolean) {
  return (one: Value, other: Value): boolean => {
    const order = compare(one, other, operator);
    return order !== undefined && decide(order);
  };
}

/** -1, 0 or 1, or nothing for NaN; fails for values that have no order. */
export function compare(one: Value, other: Value, operator: string): bigint | undefined {
  const left = numeric(one);
  if (left !== undefined) return compareNumbers(left, numeric(other) ?? fail('no such overload'));
  if (typeof one === 'string') {
    return typeof other === 'string' ? compareText(one, other) : fail('no such overload');
  }
  if (typeof one === 'boolean') {
    return typeof other === 'boolean'
      ? BigInt(Number(one) - Number(other))
      : fail('no such overload');
  }
  if (one instanceof Uint8Array) {
    return other instanceof Uint8Array
      ? BigInt(Buffer.compare(one, other))
      : fail('no such overload');
  }
  if (isTimestamp(one)) {
    return isTimestamp(other) ? compareNumbers(one.key, other.key) : fail('no such overload');
  }
  if (isDuration(one)) {
    return isDuration(other) ? compareNumbers(one.key, other.key) : fail('no such overload');
  }
  return fail(`no such overload: ${operator}`);
}

/** Compares by code points: UTF-16 order differs above the basic plane. */
function compareText(one: string, other: string): bigint {
  if (one === other) return 0n;
  return BigInt(Buffer.compare(Buffer.from(one), Buffer.from(other)));
}
