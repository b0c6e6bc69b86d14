import { fail } from './errors.ts';

const nano = 1_000_000_000n;
const largest = ((1n << 63n) - 1n) * nano;
const mostDigits = 18;
const form = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;
const decimal: Record<string, number> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binary: Record<string, bigint> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };
const largestExponent = 400;

/** A parsed quantity. */
export interface ParsedQuantity {
  /** Its value in billionths, rounded away from zero and capped as Kubernetes does. */
  nanos: bigint;
  /** Whether Kubernetes keeps it as a number of any length instead of 64 bits. */
  readonly wide: boolean;
}

/** Reads a quantity; fails with Kubernetes' words. */
export function parseQuantity(text: string): ParsedQuantity {
  const match = form.exec(text);
  if (!match || text === '') {
    return fail(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  }
  const [, sign, whole = '', part = '', suffix = ''] = match;
  const scale = scaleOf(suffix);
  if (!scale) return fail("unable to parse quantity's suffix");
  if (whole === '' && part === '') return fail('unable to parse numeric part of quantity');
  const digits = BigInt(`${whole}${part}`);
  const power = scale.exponent - part.length + 9;
  if (Math.abs(power) > largestExponent + text.length) {
    return { nanos: digits === 0n ? 0n : limited(sign, power > 0 ? largest : 1n), wide: true };
  }
  const scaled = digits << scale.shift;
  const nanos =
    power >= 0 ? scaled * 10n ** BigInt(power) : divideUp(scaled, 10n ** BigInt(-power));
  const size = `${whole.replace(/^0+/, '')}${part}`.length;
  const wide = size > mostDigits || (scale.shift > 0n && part !== '') || nanos > largest;
  return { nanos: limited(sign, nanos > largest && wide ? largest : nanos), wide };
}

function limited(sign: string | undefined, nanos: bigint): bigint {
  return sign === '-' ? -nanos : nanos;
}

function scaleOf(suffix: string): { exponent: number; shift: bigint } | undefined {
  const shift = Object.hasOwn(binary, suffix) ? binary[suffix] : undefined;
  if (shift !== undefined) return { exponent: 0, shift };
  const exponent = Object.hasOwn(decimal, suffix) ? decimal[suffix] : undefined;
  if (exponent !== undefined) return { exponent, shift: 0n };
  if (!/^[eE][+-]?\d+$/.test(suffix)) return undefined;
  return { exponent: Number(suffix.slice(1)), shift: 0n };
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}
