import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from '../../scripts/kubernetes/duration.ts';

test.for<[string, number | undefined]>([
  ['0', 0],
  ['10m', 600_000],
  ['1h30m', 5_400_000],
  ['2160h0m0s', 7_776_000_000],
  ['1.5s', 1500],
  ['.5s', 500],
  ['1.s', 1000],
  ['100us', 0.1],
  ['100µs', 0.1],
  ['-1m', -60_000],
  ['+1m', 60_000],
  ['', undefined],
  ['-', undefined],
  ['10', undefined],
  ['1d', undefined],
  ['5 m', undefined],
  ['m', undefined],
  ['.s', undefined],
  ['1h 30m', undefined],
  ['1H', undefined],
  ['P1D', undefined],
  ['99999999999h', undefined],
])('%s', ([text, milliseconds]) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test('parts add up', () => {
  const count = fc.nat(10_000);
  fc.assert(
    fc.property(count, count, count, (hours, minutes, seconds) => {
      const sum = ((hours * 60 + minutes) * 60 + seconds) * 1000;
      expect(parseDuration(`${hours}h${minutes}m${seconds}s`)).toBe(sum);
    }),
  );
});
