const units: Readonly<Record<string, number>> = {
  ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000,
}; // biome-ignore format: a table

const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/** Go counts nanoseconds in 63 bits. */
const most = 2 ** 63 / 1e6;

/**
 * A duration such as `1h30m` in milliseconds, as time.ParseDuration of Go reads it;
 * undefined when it is none.
 */
export function parseDuration(text: string): number | undefined {
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return 0;
  if (unsigned === '' || unsigned.length > 200) return undefined;
  let sum = 0;
  let end = 0;
  while (end < unsigned.length) {
    part.lastIndex = end;
    const match = part.exec(unsigned);
    if (!match) return undefined;
    sum += Number(match[1]) * (units[match[2] ?? ''] ?? Number.NaN);
    end = part.lastIndex;
  }
  if (sum >= most) return undefined;
  return text.startsWith('-') ? -sum : sum;
}
