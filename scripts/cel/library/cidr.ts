import { type Address, formatAddress, parseAddress } from '../address.ts';
import { EvaluationError, fail } from '../errors.ts';
import { declare, type Library } from '../overloads.ts';
import type { Opaque } from '../values.ts';
import { type Ip, readIp, succeeds } from './ip.ts';

const tag = 'net.CIDR';

/** A network as CEL sees it: an address and how many of its bits count. */
interface Cidr extends Opaque {
  readonly tag: typeof tag;
  readonly address: Address;
  readonly prefix: number;
}

/** Functions on networks. */
export const networks: Library = {
  since: 30,
  types: [tag],
  functions: [
    declare('cidr', { [`(string) -> ${tag}`]: readCidr }),
    declare('isCIDR', {
      '(string) -> bool': (text: string) => succeeds(() => readCidr(text)),
    }),
    declare('string', { [`(${tag}) -> string`]: ({ key }: Cidr) => String(key) }),
    declare('containsIP', {
      [`${tag}.(net.IP) -> bool`]: (cidr: Cidr, ip: Ip) => contains(cidr, ip.address),
      [`${tag}.(string) -> bool`]: (cidr: Cidr, text: string) =>
        contains(cidr, readIp(text).address),
    }),
    declare('containsCIDR', {
      [`${tag}.(${tag}) -> bool`]: containsCidr,
      [`${tag}.(string) -> bool`]: (cidr: Cidr, text: string) => containsCidr(cidr, readCidr(text)),
    }),
    declare('masked', {
      [`${tag}.() -> ${tag}`]: ({ address, prefix }: Cidr) => make(mask(address, prefix), prefix),
    }),
    declare('prefixLength', { [`${tag}.() -> int`]: ({ prefix }: Cidr) => BigInt(prefix) }),
  ],
};

function make(address: Address, prefix: number): Cidr {
  return { tag, key: `${formatAddress(address)}/${prefix}`, address, prefix };
}

function readCidr(text: string): Cidr {
  const slash = text.lastIndexOf('/');
  if (slash === -1) return wrong(text, "no '/'");
  const bits = text.slice(slash + 1);
  let address: Address;
  try {
    address = parseAddress(text.slice(0, slash));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return wrong(text, error.message);
  }
  if (address.width === 128 && address.bits >> 32n === 0xffffn) {
    return fail(`IPv4-mapped IPv6 address ${JSON.stringify(text)} is not allowed`);
  }
  if (!/^(0|[1-9]\d{0,2})$/.test(bits))
    return wrong(text, `bad bits after slash: ${JSON.stringify(bits)}`);
  if (Number(bits) > address.width) return wrong(text, 'prefix length out of range');
  return make(address, Number(bits));
}

function wrong(text: string, message: string): never {
  const shown = JSON.stringify(text);
  return fail(
    `network address parse error during conversion from string: netip.ParsePrefix(${shown}): ${message}`,
  );
}

function mask({ bits, width }: Address, prefix: number): Address {
  const rest = BigInt(width - prefix);
  return { bits: (bits >> rest) << rest, width };
}

function contains({ address, prefix }: Cidr, other: Address): boolean {
  return address.width === other.width && mask(address, prefix).bits === mask(other, prefix).bits;
}

function containsCidr(cidr: Cidr, other: Cidr): boolean {
  return cidr.prefix <= other.prefix && contains(cidr, other.address);
}
