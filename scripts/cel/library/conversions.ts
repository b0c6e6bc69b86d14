import { fail } from '../errors.ts';
import { declare, type Library } from '../overloads.ts';
import {
  formatDuration,
  formatTimestamp,
  makeDuration,
  makeTimestamp,
  parseDuration,
  parseTimestamp,
} from '../time.ts';
import {
  type Duration,
  type Timestamp,
  type TypeValue,
  typeName,
  typeValue,
  type Uint,
  uint,
  type Value,
} from '../values.ts';
import { int64, uint64 } from './arithmetic.ts';

const second = 1_000_000_000n;

/** Functions that turn a value of one type into one of another. */
export const conversions: Library = {
  since: 0,
  functions: [
    declare('int', {
      '(int) -> int': (value: bigint) => value,
      '(double) -> int': wholeInt,
      '(duration) -> int': ({ key }: Duration) => key,
      '(string) -> int': (text: string) =>
        /^[+-]?\d+$/.test(text) ? ranged(text, 64) : notConvertible('string', 'int'),
      '(timestamp) -> int': ({ key }: Timestamp) => floor(key, second),
      '(uint) -> int': ({ key }: Uint) => int64(key),
    }),
    declare('uint', {
      '(uint) -> uint': (value: Uint) => value,
      '(double) -> uint': (value: number) =>
        Number.isFinite(value) && value >= 0 && value < 2 ** 64
          ? uint(BigInt(Math.trunc(value)))
          : fail('unsigned integer overflow'),
      '(int) -> uint': uint64,
      '(string) -> uint': (text: string) =>
        /^\d+$/.test(text) && BigInt(text) < 1n << 64n
          ? uint(BigInt(text))
          : notConvertible('string', 'uint'),
    }),
    declare('double', {
      '(double) -> double': (value: number) => value,
      '(int) -> double': (value: bigint) => Number(value),
      '(string) -> double': parseDouble,
      '(uint) -> double': ({ key }: Uint) => Number(key),
    }),
    declare('bool', {
      '(bool) -> bool': (value: boolean) => value,
      '(string) -> bool': (text: string) => {
        if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
        if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
        return notConvertible('string', 'bool');
      },
    }),
    declare('bytes', {
      '(bytes) -> bytes': (value: Uint8Array) => value,
      '(string) -> bytes': (text: string) => new Uint8Array(Buffer.from(text)),
    }),
    declare('string', {
      '(string) -> string': (text: string) => text,
      '(bool) -> string': String,
      '(bytes) -> string': decode,
      '(double) -> string': formatDouble,
      '(duration) -> string': ({ key }: Duration) => formatDuration(key),
      '(int) -> string': String,
      '(timestamp) -> string': ({ key }: Timestamp) => formatTimestamp(key),
      '(uint) -> string': ({ key }: Uint) => String(key),
    }),
    declare('timestamp', {
      '(timestamp) -> timestamp': (value: Timestamp) => value,
      '(string) -> timestamp': parseTimestamp,
      '(int) -> timestamp': (seconds: bigint) => makeTimestamp(seconds * second),
    }),
    declare('duration', {
      '(duration) -> duration': (value: Duration) => value,
      '(int) -> duration': (nanos: bigint) => makeDuration(nanos),
      '(string) -> duration': parseDuration,
    }),
    declare('type', { '(A) -> type(A)': (value: Value): TypeValue => typeValue(typeName(value)) }),
    declare('dyn', { '(A) -> dyn': (value: Value) => value }),
  ],
};

/** A double as Go prints it: shortest, with an exponent where that is far from 1. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const exponent = value === 0 ? 0 : Number(value.toExponential().split('e')[1]);
  if (exponent >= -5 && exponent < 21) return String(value);
  const [digits, power = ''] = value.toExponential().split('e');
  return `${digits}e${power[0]}${power.slice(1).padStart(2, '0')}`;
}

function wholeInt(value: number): Value {
  const inside = value > -(2 ** 63) && value < 2 ** 63;
  return inside ? BigInt(Math.trunc(value)) : fail('integer overflow');
}

function ranged(text: string, bits: number): Value {
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(bits, value) === value ? value : notConvertible('string', 'int');
}

function parseDouble(text: string): Value {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : notConvertible('string', 'double');
  }
  const special = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i.exec(text);
  if (!special) return notConvertible('string', 'double');
  const value = special[2] ? Number.POSITIVE_INFINITY : Number.NaN;
  return special[1] === '-' ? -value : value;
}

function decode(bytes: Uint8Array): Value {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail('invalid UTF-8 in bytes, cannot convert to string');
  }
}

function notConvertible(from: string, to: string): never {
  return fail(`type conversion error from '${from}' to '${to}'`);
}

function floor(value: bigint, unit: bigint): bigint {
  const quotient = value / unit;
  return value % unit < 0n ? quotient - 1n : quotient;
}
