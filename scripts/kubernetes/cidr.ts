import { isIPv6 } from 'node:net';

/** A block of addresses, or one address when it has all bits. */
export interface Cidr {
  readonly bits: 32 | 128;
  /** The address as a number. */
  readonly address: bigint;
  /** How many bits the block has in common. */
  readonly prefix: number;
}

/** An address; Kubernetes allows leading zeros in the old fields. Undefined when it is none. */
export function parseAddress(text: string): Cidr | undefined {
  const parts = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(text)?.slice(1).map(Number);
  if (parts) {
    if (parts.some((part) => part > 255)) return undefined;
    const address = parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    return { bits: 32, address, prefix: 32 };
  }
  if (text.includes('%') || !isIPv6(text)) return undefined;
  return { bits: 128, address: addressOfIPv6(text), prefix: 128 };
}

/** A block such as `10.0.0.0/8`; undefined when it is none. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(text.slice(0, Math.max(slash, 0)));
  const prefix = text.slice(slash + 1);
  if (!address || !/^\d{1,3}$/.test(prefix) || Number(prefix) > address.bits) return undefined;
  return { ...address, prefix: Number(prefix) };
}

/** Whether a block lies within another and is smaller. */
export function isStrictlyWithin(inner: Cidr, outer: Cidr): boolean {
  if (inner.bits !== outer.bits || inner.prefix <= outer.prefix) return false;
  const shift = BigInt(outer.bits - outer.prefix);
  return inner.address >> shift === outer.address >> shift;
}

function addressOfIPv6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const zeros = new Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after].reduce((sum, group) => sum * 65536n + BigInt(group), 0n);
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return Number.parseInt(group, 16);
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
