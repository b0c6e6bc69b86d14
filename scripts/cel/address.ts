import { fail } from './errors.ts';

/** An IP address: its bits and how many there are. */
export interface Address {
  readonly bits: bigint;
  readonly width: 32 | 128;
}

/** Reads an address; fails with Go's words. Zones are refused, as Kubernetes does. */
export function parseAddress(text: string): Address {
  const first = /[.:%]/.exec(text)?.[0];
  if (first === '.') return { bits: parse4(text, text), width: 32 };
  if (first === ':') return parse6(text);
  if (first === '%') return wrong(text, 'missing IPv6 address');
  return wrong(text, 'unable to parse IP');
}

/** An address in its canonical form. */
export function formatAddress({ bits, width }: Address): string {
  const parts = width === 32 ? 4 : 8;
  const size = BigInt(width / parts);
  const mask = (1n << size) - 1n;
  const values = Array.from({ length: parts }, (_, index) =>
    Number((bits >> (size * BigInt(parts - 1 - index))) & mask),
  );
  if (width === 32) return values.join('.');
  if (bits >> 32n === 0xffffn) {
    return `::ffff:${formatAddress({ bits: bits & 0xffff_ffffn, width: 32 })}`;
  }
  return withShortenedZeros(values);
}

function withShortenedZeros(values: readonly number[]): string {
  let start = -1;
  let length = 1;
  for (let index = 0; index < values.length; index += 1) {
    let end = index;
    while (values[end] === 0) end += 1;
    if (end - index > length) [start, length] = [index, end - index];
  }
  const hex = values.map((value) => value.toString(16));
  if (start === -1) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function parse4(text: string, whole: string): bigint {
  const fields = text.split('.');
  let bits = 0n;
  for (const [index, field] of fields.entries()) {
    const strange = /[^0-9]/.exec(field);
    const rest = fields.slice(index).join('.');
    if (strange) {
      return wrong(whole, 'unexpected character', rest.slice(strange.index));
    }
    if (index > 3) return wrong(whole, 'IPv4 address too long');
    if (field === '') return wrong(whole, 'IPv4 field must have at least one digit', rest);
    if (field.length > 1 && field.startsWith('0')) {
      return wrong(whole, 'IPv4 field has octet with leading zero');
    }
    if (Number(field) > 255) return wrong(whole, 'IPv4 field has value >255');
    bits = (bits << 8n) | BigInt(field);
  }
  return fields.length < 4 ? wrong(whole, 'IPv4 address too short') : bits;
}

function parse6(text: string): Address {
  const [address = '', ...zone] = text.split('%');
  if (zone.length > 0) {
    if (zone.join('%') === '') return wrong(text, 'zone must be a non-empty string');
    return fail(`IP address ${JSON.stringify(text)} with zone value is not allowed`);
  }
  const groups: bigint[] = [];
  let ellipsis = -1;
  let rest = address;
  if (rest.startsWith('::')) {
    ellipsis = 0;
    rest = rest.slice(2);
  }
  while (rest !== '' && groups.length < 8) {
    const digits = /^[0-9a-fA-F]*/.exec(rest)?.[0] ?? '';
    if (digits === '')
      return wrong(text, 'each colon-separated field must have at least one digit', rest);
    if (digits.length > 4) return wrong(text, 'each group must have 4 or less digits', rest);
    if (rest[digits.length] === '.') {
      if (ellipsis === -1 && groups.length !== 6) {
        return wrong(
          text,
          'embedded IPv4 address must replace the final 2 fields of the address',
          rest,
        );
      }
      if (groups.length > 6)
        return wrong(
          text,
          'too many hex fields to fit an embedded IPv4 at the end of the address',
          rest,
        );
      const four = parse4(rest, text);
      groups.push(four >> 16n, four & 0xffffn);
      rest = '';
      break;
    }
    groups.push(BigInt(`0x${digits}`));
    rest = rest.slice(digits.length);
    if (rest === '') break;
    if (rest[0] !== ':') return wrong(text, 'unexpected character, want colon', rest);
    if (rest.length === 1) return wrong(text, 'colon must be followed by more characters', rest);
    rest = rest.slice(1);
    if (rest[0] === ':') {
      if (ellipsis >= 0) return wrong(text, 'multiple :: in address', rest);
      ellipsis = groups.length;
      rest = rest.slice(1);
    }
  }
  if (rest !== '') return wrong(text, 'trailing garbage after address', rest);
  return { bits: fillEllipsis(text, groups, ellipsis), width: 128 };
}

function fillEllipsis(text: string, groups: readonly bigint[], ellipsis: number): bigint {
  const missing = 8 - groups.length;
  if (missing > 0 && ellipsis === -1) return wrong(text, 'address string too short');
  if (missing === 0 && ellipsis >= 0)
    return wrong(text, 'the :: must expand to at least one field of zeros');
  const filled = [
    ...groups.slice(0, Math.max(ellipsis, 0)),
    ...Array.from({ length: missing }, () => 0n),
    ...groups.slice(Math.max(ellipsis, 0)),
  ];
  return filled.reduce((bits, group) => (bits << 16n) | group, 0n);
}

function wrong(text: string, message: string, at?: string): never {
  const place = at === undefined ? '' : ` (at ${JSON.stringify(at)})`;
  return fail(`ParseAddr(${JSON.stringify(text)}): ${message}${place}`);
}
