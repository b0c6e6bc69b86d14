import { type Address, formatAddress, parseAddress } from '../address.ts';
import { EvaluationError, fail } from '../errors.ts';
import { declare, type Library } from '../overloads.ts';
import type { Opaque, Value } from '../values.ts';

const tag = 'net.IP';

/** An IP address as CEL sees it; its key is its canonical form. */
export interface Ip extends Opaque {
  readonly tag: typeof tag;
  readonly address: Address;
}

/** Functions on IP addresses. */
export const ipAddresses: Library = {
  since: 30,
  types: [tag],
  functions: [
    declare('ip', {
      [`(string) -> ${tag}`]: readIp,
      'net.CIDR.() -> net.IP': ({ address }: { address: Address }) => makeIp(address),
    }),
    declare('isIP', {
      '(string) -> bool': (text: string) => succeeds(() => readIp(text)),
    }),
    declare('ip.isCanonical', {
      '(string) -> bool': (text: string) => readIp(text).key === text,
    }),
    declare('string', { [`(${tag}) -> string`]: ({ key }: Ip) => String(key) }),
    test('family', 'int', ({ width }) => (width === 32 ? 4n : 6n)),
    test('isUnspecified', 'bool', ({ bits }) => bits === 0n),
    test('isLoopback', 'bool', ({ bits, width }) =>
      width === 32 ? bits >> 24n === 127n : bits === 1n,
    ),
    test('isLinkLocalMulticast', 'bool', ({ bits, width }) =>
      width === 32 ? bits >> 8n === 0xe00000n : ((bits >> 112n) & 0xff0fn) === 0xff02n,
    ),
    test('isLinkLocalUnicast', 'bool', isLinkLocalUnicast),
    test('isGlobalUnicast', 'bool', isGlobalUnicast),
  ],
};

/** Makes an IP address of its bits. */
function makeIp(address: Address): Ip {
  return { tag, key: formatAddress(address), address };
}

/** Reads an IP address; fails with Kubernetes' words. */
export function readIp(text: string): Ip {
  try {
    return makeIp(plainAddress(text));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const shown = JSON.stringify(text);
    return error.message.startsWith('ParseAddr')
      ? fail(`IP Address ${shown} parse error during conversion from string: ${error.message}`)
      : fail(error.message);
  }
}

/** Reads an address that is not an IPv4 address in IPv6's clothes. */
function plainAddress(text: string): Address {
  const address = parseAddress(text);
  if (address.width === 128 && address.bits >> 32n === 0xffffn) {
    fail(`IPv4-mapped IPv6 address ${JSON.stringify(text)} is not allowed`);
  }
  return address;
}

/** Whether a step ends without an error of the expression. */
export function succeeds(step: () => unknown): boolean {
  try {
    step();
    return true;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}

function test(name: string, result: string, run: (address: Address) => Value) {
  return declare(name, { [`${tag}.() -> ${result}`]: ({ address }: Ip) => run(address) });
}

function isLinkLocalUnicast({ bits, width }: Address): boolean {
  return width === 32 ? bits >> 16n === 0xa9fen : bits >> 118n === 0x3fan;
}

function isGlobalUnicast(address: Address): boolean {
  const { bits, width } = address;
  const multicast = width === 32 ? bits >> 28n === 0xen : bits >> 120n === 0xffn;
  const loopback = width === 32 ? bits >> 24n === 127n : bits === 1n;
  const broadcast = width === 32 && bits === 0xffff_ffffn;
  return bits !== 0n && !multicast && !loopback && !broadcast && !isLinkLocalUnicast(address);
}
