import { fail } from '../errors.ts';
import { labour } from '../meter.ts';
import { formatDuration, formatTimestamp, isDuration, isTimestamp } from '../time.ts';
import { decodeKey, isList, isMap, isUint, typeName, type Value } from '../values.ts';
import { formatDouble } from './conversions.ts';

/** A clause of a format string: its letter and the digits after the point. */
export interface Clause {
  readonly verb: string;
  readonly precision: number | undefined;
}

const clause = /%(?:(%)|(?:\.(\d+))?([\s\S]?))/g;
const largestPrecision = 1000;

/** `text.format(list)`. */
export function formatText(text: string, list: readonly Value[]): Value {
  let index = 0;
  return text.replace(clause, (_, percent, digits, verb: string) => {
    if (percent) return '%';
    const found = readClause(verb, digits);
    if (index >= list.length) return fail(`index ${index} out of range`);
    const value = list[index] as Value;
    index += 1;
    const problem = misfit(found, typeName(value));
    if (problem) return fail(`error during formatting: ${problem}`);
    const shown = render(found, value);
    labour(shown.length);
    return shown;
  });
}

/** The clauses of a format string in order; fails for one that does not exist. */
export function clausesOf(text: string): Clause[] {
  return [...text.matchAll(clause)]
    .filter(([, percent]) => !percent)
    .map(([, , digits, verb = '']) => readClause(verb, digits));
}

function readClause(verb: string, digits: string | undefined): Clause {
  if (verb === '') return fail('unexpected end of string');
  if (!'sdfebxXo'.includes(verb)) {
    fail(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
  }
  const precision = digits === undefined ? undefined : Number(digits);
  if (precision !== undefined && precision > largestPrecision) {
    fail('could not parse formatting clause: error while parsing precision: precision too large');
  }
  return { verb, precision };
}

const wanted: Record<string, readonly [string, readonly string[]]> = {
  d: ['decimal clause can only be used on integers', ['int', 'uint']],
  f: ['fixed-point clause can only be used on doubles', ['double', 'string']],
  e: ['scientific clause can only be used on doubles', ['double', 'string']],
  b: ['only integers and bools can be formatted as binary', ['int', 'uint', 'bool']],
  x: [
    'only integers, byte buffers, and strings can be formatted as hex',
    ['int', 'uint', 'bytes', 'string'],
  ],
  o: ['octal clause can only be used on integers', ['int', 'uint']],
  s: [
    'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
    `string bool bytes int uint double map list type null_type google.protobuf.Duration
     google.protobuf.Timestamp`.split(/\s+/),
  ],
};

/** What is wrong with a clause for values of a type, by its name at run time. */
export function misfit({ verb }: Clause, type: string): string | undefined {
  const [message, types] = wanted[verb.toLowerCase()] ?? ['', []];
  return types.includes(type) ? undefined : `${message}, was given ${type}`;
}

function render({ verb, precision = 6 }: Clause, value: Value): string {
  if (verb === 's') return showTop(value);
  if (verb === 'f') return fixed(real(value, 'fixed-point'), precision);
  if (verb === 'e') return scientific(real(value, 'scientific'), precision);
  if (verb === 'd') return String(whole(value));
  if (verb === 'b')
    return typeof value === 'boolean' ? String(Number(value)) : whole(value).toString(2);
  if (verb === 'o') return whole(value).toString(8);
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const hex =
    bytes instanceof Uint8Array ? Buffer.from(bytes).toString('hex') : whole(value).toString(16);
  return verb === 'X' ? hex.toUpperCase() : hex;
}

/** A double, or one of the three strings that stand for what has no literal. */
function real(value: Value, clauseName: string): number {
  if (typeof value === 'number') return value;
  if (['NaN', 'Infinity', '-Infinity'].includes(String(value))) return Number(value);
  return fail(
    `error during formatting: ${clauseName} clause can only be used on doubles, was given string`,
  );
}

function whole(value: Value): bigint {
  return isUint(value) ? value.key : (value as bigint);
}

function fixed(value: number, precision: number): string {
  if (!Number.isFinite(value)) return special(value, '∞');
  const [units = '', part = ''] = rounded(value, precision).split('.');
  const grouped = units.replace(/\B(?=(\d{3})+$)/g, ',');
  return part ? `${grouped}.${part}` : grouped;
}

/** `toFixed` for any precision and size, with halves rounded to even as Go does. */
function rounded(value: number, precision: number): string {
  if (Math.abs(value) >= 1e21)
    return `${BigInt(value)}${precision ? `.${'0'.repeat(precision)}` : ''}`;
  if (precision > 70) return value.toFixed(70) + '0'.repeat(precision - 70);
  const text = value.toFixed(precision);
  const exact = value.toFixed(precision + 30).slice(precision ? text.length : text.length + 1);
  const down = (value - Number(text)) * (value < 0 ? -1 : 1) < 0;
  if (!/^50*$/.test(exact) || !down || Number(text.at(-1)) % 2 === 0) return text;
  return `${text.slice(0, -1)}${Number(text.at(-1)) - 1}`;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The API server takes the precision for a width: there are always six digits. */
function scientific(value: number, width: number): string {
  if (!Number.isFinite(value)) return special(value, '∞').padStart(width);
  const [digits = '', power = '+0'] = value.toExponential(6).split('e');
  const raised = [...power.slice(1).padStart(2, '0')].map((digit) => superscripts[Number(digit)]);
  return `${digits}×10${power[0] === '-' ? '⁻' : ''}${raised.join('')}`.padStart(width);
}

function showTop(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (isDuration(value)) return formatDuration(value.key);
  if (isTimestamp(value)) return formatTimestamp(value.key);
  if (typeof value === 'number') return formatDouble(value);
  return showInside(value);
}

function showInside(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    return Number.isFinite(value) ? rounded(value, 6) : `"${special(value, 'Inf')}"`;
  }
  if (value instanceof Uint8Array) return `b${JSON.stringify(Buffer.from(value).toString())}`;
  if (isDuration(value)) return `duration("${formatDuration(value.key)}")`;
  if (isTimestamp(value)) return `timestamp("${formatTimestamp(value.key)}")`;
  if (isList(value)) return `[${value.map(showInside).join(', ')}]`;
  if (isMap(value)) {
    const entries = [...value].map(
      ([key, element]) => [showInside(decodeKey(key)), showInside(element)] as const,
    );
    entries.sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${entries.map(([key, element]) => `${key}:${element}`).join(', ')}}`;
  }
  if (typeof value === 'object' && value !== null && 'tag' in value) {
    if (value.tag === 'uint' || value.tag === 'type') return String(value.key);
    return fail(`error during formatting: no formatting function for ${value.tag}`);
  }
  return String(value);
}

function special(value: number, infinity: string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value < 0) return `-${infinity}`;
  return infinity === 'Inf' ? '+Inf' : infinity;
}
