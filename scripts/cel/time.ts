import { fail } from './errors.ts';
import { type Duration, hasTag, type Timestamp, type Value } from './values.ts';

const second = 1_000_000_000n;
const earliest = -62_135_596_800n * second;
const latest = 253_402_300_800n * second;
const units: Record<string, bigint> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: second,
  m: 60n * second,
  h: 3600n * second,
};

/** Whether a value is a point in time. */
export function isTimestamp(value: Value): value is Timestamp {
  return hasTag(value, 'google.protobuf.Timestamp');
}

/** Whether a value is a span of time. */
export function isDuration(value: Value): value is Duration {
  return hasTag(value, 'google.protobuf.Duration');
}

/** A point in time of nanoseconds since 1970, within the years 1 to 9999. */
export function makeTimestamp(key: bigint): Timestamp {
  if (key < earliest || key >= latest) fail('timestamp overflow');
  return { tag: 'google.protobuf.Timestamp', key };
}

/** A span of time in nanoseconds, within an int64. */
export function makeDuration(key: bigint): Duration {
  if (BigInt.asIntN(64, key) !== key) fail('duration overflow');
  return { tag: 'google.protobuf.Duration', key };
}

/** `one + other`, where one of them is a time. */
export function addTime(one: Timestamp | Duration, other: Value): Value {
  if (isTimestamp(one)) {
    return isDuration(other) ? makeTimestamp(one.key + other.key) : fail('no such overload');
  }
  if (isTimestamp(other)) return makeTimestamp(one.key + other.key);
  return isDuration(other) ? makeDuration(one.key + other.key) : fail('no such overload');
}

/** `one - other`, where the first is a time. */
export function subtractTime(one: Timestamp | Duration, other: Value): Value {
  if (isTimestamp(one) && isTimestamp(other)) return makeDuration(one.key - other.key);
  if (!isDuration(other)) return fail('no such overload');
  return isTimestamp(one) ? makeTimestamp(one.key - other.key) : makeDuration(one.key - other.key);
}

/** Reads a duration as Go writes it: `1h30m`, `-1.5s`. */
export function parseDuration(text: string): Duration {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (!match && !/^[+-]?0$/.test(text)) {
    return fail(`type conversion error from 'string' to 'google.protobuf.Duration'`);
  }
  let total = 0n;
  for (const [, whole = '', part = '', unit = ''] of (match?.[2] ?? '').matchAll(
    /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g,
  )) {
    const scale = units[unit] ?? 0n;
    const fraction = part.slice(0, 18);
    total += BigInt(whole || 0) * scale;
    total += (BigInt(fraction || 0) * scale) / 10n ** BigInt(fraction.length);
  }
  const nanos = match?.[1] === '-' ? -total : total;
  if (BigInt.asIntN(64, nanos) !== nanos) {
    return fail(`type conversion error from 'string' to 'google.protobuf.Duration'`);
  }
  return makeDuration(nanos);
}

const timestampForm =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Reads an RFC 3339 timestamp. */
export function parseTimestamp(text: string): Timestamp {
  const match = timestampForm.exec(text);
  const seconds = match && wholeSeconds(match);
  if (seconds === undefined || seconds === null) {
    return fail(`type conversion error from 'string' to 'google.protobuf.Timestamp'`);
  }
  const nanos = BigInt((match?.[7] ?? '').slice(0, 9).padEnd(9, '0'));
  return makeTimestamp(seconds * second + nanos);
}

function wholeSeconds(match: RegExpExecArray): bigint | undefined {
  const [year, month, day, hour, minute, sec] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const [zoneHours, zoneMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (!exists || hour > 23 || minute > 59 || sec > 59 || zoneHours > 23 || zoneMinutes > 59) {
    return undefined;
  }
  const zone = (zoneHours * 3600 + zoneMinutes * 60) * (match[8] === '-' ? -1 : 1);
  return BigInt(date.getTime() / 1000 + hour * 3600 + minute * 60 + sec - zone);
}

/** A timestamp in RFC 3339, in UTC, without trailing zeros of the fraction. */
export function formatTimestamp(nanos: bigint): string {
  const fraction = ((nanos % second) + second) % second;
  const date = new Date(Number((nanos - fraction) / 1_000_000n));
  const text = date.toISOString().slice(0, 19);
  const digits = String(fraction).padStart(9, '0').replace(/0+$/, '');
  return `${text}${digits && `.${digits}`}Z`;
}

/** A duration in seconds, `1.5s`. */
export function formatDuration(nanos: bigint): string {
  const absolute = nanos < 0n ? -nanos : nanos;
  const digits = String(absolute % second)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${nanos < 0n ? '-' : ''}${absolute / second}${digits && `.${digits}`}s`;
}
