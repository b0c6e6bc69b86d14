const syntax =
  /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d{1,9})?$/;

const decimals: Readonly<Record<string, number>> = {
  n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18,
}; // biome-ignore format: a table

const binaries: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n, Mi: 1n << 20n, Gi: 1n << 30n, Ti: 1n << 40n, Pi: 1n << 50n, Ei: 1n << 60n,
}; // biome-ignore format: a table

/** One, in the unit that amounts are counted in. */
export const whole: bigint = 1_000_000_000n;

/** Larger amounts are cut to this one. */
const most = ((1n << 63n) - 1n) * whole;

/**
 * An amount such as `500m`, `1.5Gi` or `1e3` in billionths, rounded away from zero and
 * bounded as ParseQuantity of k8s.io/apimachinery does; undefined when it is none.
 */
export function parseQuantity(value: unknown): bigint | undefined {
  if (typeof value === 'number') return parseText(String(value));
  return typeof value === 'string' ? parseText(value.trim()) : undefined;
}

function parseText(text: string): bigint | undefined {
  const match = text.length > 512 ? null : syntax.exec(text);
  if (!match) return undefined;
  const [, sign, digits = '', fraction = match[4] ?? '', , suffix = ''] = match;
  const amount = billionths(BigInt(digits + fraction), -fraction.length, suffix);
  const bounded = amount > most ? most : amount;
  return sign === '-' ? -bounded : bounded;
}

function billionths(number: bigint, scale: number, suffix: string): bigint {
  if (number === 0n) return 0n;
  const binary = binaries[suffix];
  if (binary) return scaled(number * binary, scale + 9);
  const exponent = decimals[suffix] ?? (suffix === '' ? 0 : Number(suffix.slice(1)));
  return scaled(number, scale + 9 + exponent);
}

/** Exponents beyond any amount are cut first: they may be a stranger's. */
function scaled(number: bigint, exponent: number): bigint {
  if (exponent >= 0) return exponent > 600 ? most : number * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(Math.min(-exponent, 1200));
  return (number + divisor - 1n) / divisor;
}
