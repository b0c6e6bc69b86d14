import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuantity, whole } from '../../scripts/kubernetes/quantity.ts';

const most = ((1n << 63n) - 1n) * whole;

test.for<[unknown, bigint | undefined]>([
  [0, 0n],
  [2, 2n * whole],
  [0.5, whole / 2n],
  ['1', whole],
  ['+1', whole],
  ['-1.5', (-3n * whole) / 2n],
  ['.5', whole / 2n],
  ['5.', 5n * whole],
  [' 1Gi\n', (1n << 30n) * whole],
  ['100m', whole / 10n],
  ['250u', 250_000n],
  ['3n', 3n],
  ['1k', 1000n * whole],
  ['1Ki', 1024n * whole],
  ['1.5Gi', 3n * (1n << 29n) * whole],
  ['2000M', 2_000_000_000n * whole],
  ['1e3', 1000n * whole],
  ['1E3', 1000n * whole],
  ['1E', 10n ** 18n * whole],
  ['1e-3', whole / 1000n],
  // Smaller than a billionth is rounded away from zero.
  ['1e-12', 1n],
  ['-0.0000000001', -1n],
  ['1e-999999999', 1n],
  // Larger than 63 bits is cut.
  ['8Ei', most],
  ['1e999999999', most],
  ['-1e999999999', -most],
  ['0e999999999', 0n],
  ['', undefined],
  ['.', undefined],
  ['m', undefined],
  ['1 Gi', undefined],
  ['1gi', undefined],
  ['1KB', undefined],
  ['1mi', undefined],
  ['1e', undefined],
  ['1e1.5', undefined],
  ['1,5', undefined],
  ['0x10', undefined],
  ['--1', undefined],
  ['9'.repeat(600), undefined],
  [undefined, undefined],
  [true, undefined],
  [Number.NaN, undefined],
])('%s', ([text, amount]) => {
  expect(parseQuantity(text)).toBe(amount);
});

test('the same amount in other units is the same amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (count) => {
      expect(parseQuantity(`${count}m`)).toBe(parseQuantity(`${count}e-3`));
      expect(parseQuantity(`${count}k`)).toBe(parseQuantity(count * 1000));
      expect(parseQuantity(`${count}Mi`)).toBe(parseQuantity(`${count * 1024}Ki`));
    }),
  );
});

test('any text is read or refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) =>
      ['bigint', 'undefined'].includes(typeof parseQuantity(text)),
    ),
  );
});
