import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStrictlyWithin, parseAddress, parseCidr } from '../../scripts/kubernetes/cidr.ts';

test.for([
  '10.0.0.0/8',
  '0.0.0.0/0',
  '10.0.0.1/32',
  '010.0.0.0/8',
  '::/0',
  '2001:db8::/32',
  '::ffff:10.0.0.1/128',
])('%s is a block', (text) => {
  expect(parseCidr(text)).toBeDefined();
});

test.for([
  '10.0.0.0',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0/8',
  '256.0.0.0/8',
  '::/129',
  'fe80::1%eth0/64',
  '/8',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
])('%s is none', (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test.for([
  ['10.1.0.0/16', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.0.0.0/8', false],
  ['11.0.0.0/16', '10.0.0.0/8', false],
  ['10.0.0.0/8', '10.1.0.0/16', false],
  ['10.0.0.0/8', '0.0.0.0/0', true],
  ['2001:db8:1::/48', '2001:db8::/32', true],
  ['2001:db9::/48', '2001:db8::/32', false],
  ['10.0.0.0/8', '::/0', false],
] as const)('%s within %s: %s', ([inner, outer, expected]) => {
  const [a, b] = [parseCidr(inner), parseCidr(outer)];
  expect(a && b && isStrictlyWithin(a, b)).toBe(expected);
});

test('addresses are numbers', () => {
  expect(parseAddress('1.2.3.4')?.address).toBe(0x01020304n);
  expect(parseAddress('1::2:3.4.5.6')?.address).toBe((1n << 112n) + (2n << 32n) + 0x03040506n);
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const address = parseAddress(text)?.address;
      expect(address !== undefined && address >= 0n && address < 1n << 128n).toBe(true);
    }),
  );
});
