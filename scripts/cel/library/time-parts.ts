import { fail } from '../errors.ts';
import { declareShared, type FunctionDeclaration, type Library } from '../overloads.ts';
import { isDuration, isTimestamp } from '../time.ts';
import type { Value } from '../values.ts';

type Part = (date: Date) => number;

const day = 86_400_000;
const parts: Record<string, Part> = {
  getFullYear: (date) => date.getUTCFullYear(),
  getMonth: (date) => date.getUTCMonth(),
  getDate: (date) => date.getUTCDate(),
  getDayOfMonth: (date) => date.getUTCDate() - 1,
  getDayOfWeek: (date) => date.getUTCDay(),
  getDayOfYear: (date) => {
    const start = new Date(date);
    start.setUTCMonth(0, 1);
    return Math.round((date.getTime() - start.getTime()) / day);
  },
};
const timeParts: Record<string, { of: Part; unit: bigint }> = {
  getHours: { of: (date) => date.getUTCHours(), unit: 3_600_000_000_000n },
  getMinutes: { of: (date) => date.getUTCMinutes(), unit: 60_000_000_000n },
  getSeconds: { of: (date) => date.getUTCSeconds(), unit: 1_000_000_000n },
  getMilliseconds: { of: (date) => date.getUTCMilliseconds(), unit: 1_000_000n },
};

/** The parts of a timestamp, in UTC or a time zone, and of a duration. */
export const timePartsLibrary: Library = {
  since: 0,
  functions: [
    ...Object.entries(parts).map(([name, of]) => part(name, of)),
    ...Object.entries(timeParts).map(([name, { of, unit }]) => part(name, of, unit)),
  ],
};

function part(name: string, of: Part, unit?: bigint): FunctionDeclaration {
  const signatures = ['timestamp.() -> int', 'timestamp.(string) -> int'];
  if (unit) signatures.push('duration.() -> int');
  return declareShared(name, signatures, (value: Value, zone?: Value) => {
    if (unit && isDuration(value)) {
      return name === 'getMilliseconds' ? (value.key / unit) % 1000n : value.key / unit;
    }
    if (!isTimestamp(value)) return fail(`no such overload: ${name}`);
    const millis = Number(floorMillis(value.key));
    const shift = zone === undefined ? 0 : offset(String(zone), millis);
    return BigInt(of(new Date(millis + shift)));
  });
}

function floorMillis(nanos: bigint): bigint {
  const rest = ((nanos % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return (nanos - rest) / 1_000_000n;
}

/** How far a time zone is ahead of UTC at that moment, in milliseconds. */
function offset(zone: string, millis: number): number {
  const fixed = /^([+-]?)(\d\d):(\d\d)$/.exec(zone);
  if (fixed) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    return (fixed[1] === '-' ? -minutes : minutes) * 60_000;
  }
  if (zone === '' || zone === 'UTC') return 0;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const found = Object.fromEntries(
      format.formatToParts(millis).map(({ type, value }) => [type, Number(value)]),
    ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
    const { year, month, day: date, hour, minute, second } = found;
    return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(millis / 1000) * 1000;
  } catch {
    return fail(`unknown time zone ${zone}`);
  }
}
