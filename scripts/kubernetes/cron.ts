import { parseDuration } from './duration.ts';

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const days = 'sun mon tue wed thu fri sat'.split(' ');

const fields: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, words: months },
  { name: 'day of week', least: 0, most: 6, words: days },
];

const descriptors: ReadonlySet<string> = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);

/**
 * Why a text is no schedule of a CronJob, as a clause; undefined when it is one. Reads it
 * as ParseStandard of github.com/robfig/cron does, which Kubernetes uses.
 */
export function cronFault(schedule: string): string | undefined {
  if (schedule.startsWith('@')) return descriptorFault(schedule);
  const parts = schedule.split(/\s+/).filter((one) => one !== '');
  if (parts.length !== fields.length) return `has ${parts.length} fields and not 5`;
  for (const [index, field] of fields.entries()) {
    for (const range of (parts[index] ?? '').split(',')) {
      // Its parser drops empty items.
      const fault = range === '' ? undefined : rangeFault(range, field);
      if (fault) return `has the ${field.name} "${range}", ${fault}`;
    }
  }
  return undefined;
}

function descriptorFault(schedule: string): string | undefined {
  if (descriptors.has(schedule)) return undefined;
  const every = /^@every (.*)$/.exec(schedule)?.[1];
  if (every === undefined) return 'has an unknown descriptor';
  return parseDuration(every) === undefined
    ? `has the duration "${every}", which is none`
    : undefined;
}

function rangeFault(range: string, field: Field): string | undefined {
  const [span = '', step, ...more] = range.split('/');
  if (more.length > 0) return 'which has more than one "/"';
  if (step !== undefined && !(numberOf(step) > 0)) return 'whose step is no number above 0';
  const [first = '', last, ...rest] = span.split('-');
  if (first === '*' || first === '?') return undefined;
  if (rest.length > 0) return 'which has more than one "-"';
  const from = valueIn(first, field);
  const to = last === undefined ? (step === undefined ? from : field.most) : valueIn(last, field);
  if (Number.isNaN(from) || Number.isNaN(to)) return 'which is no number';
  if (from < field.least || to > field.most) return `outside ${field.least} to ${field.most}`;
  return from > to ? 'which ends before it begins' : undefined;
}

function valueIn(text: string, { words = [], least }: Field): number {
  const index = words.indexOf(text.toLowerCase());
  return index < 0 ? numberOf(text) : index + least;
}

function numberOf(text: string): number {
  return /^\+?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}
