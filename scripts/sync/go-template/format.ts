import { CannotTell } from './errors.ts';
import { numberText, textOf } from './values.ts';

const verb = /%([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

/**
 * Go's `printf` for the verbs that names and paths need.
 *
 * @throws CannotTell for other verbs, widths nobody writes, and too few or many values
 */
export function formatted(format: string, values: readonly unknown[]): string {
  let used = 0;
  const plain = format.replaceAll(verb, '');
  if (plain.includes('%')) throw new CannotTell('a format is not read');
  const text = format.replaceAll(verb, (_, flags: string, width, precision, letter: string) => {
    if (letter === '%') return '%';
    const whole = written(letter, values[used++], precision && Number(precision));
    if (/[+ #]/.test(flags) || Number(width ?? 0) > 1000)
      throw new CannotTell('a format is not read');
    const size = Number(width ?? 0);
    if (flags.includes('-')) return whole.padEnd(size);
    const isNegative = flags.includes('0') && whole.startsWith('-');
    if (isNegative) return `-${whole.slice(1).padStart(size - 1, '0')}`;
    return whole.padStart(size, flags.includes('0') ? '0' : ' ');
  });
  if (used !== values.length) throw new CannotTell('a format has not as many values as verbs');
  return text;
}

function written(letter: string, value: unknown, precision: number | undefined): string {
  if (letter === 'v' && precision === undefined) return textOf(value, '<nil>');
  if (letter === 's' && typeof value === 'string') return value.slice(0, precision);
  if (letter === 'q' && typeof value === 'string') return quotedText(value);
  if (letter === 'd' && typeof value === 'bigint') return String(value);
  if (letter === 't' && typeof value === 'boolean') return String(value);
  if (letter === 'f' && typeof value === 'number') return value.toFixed(precision ?? 6);
  if (letter === 'g' && typeof value === 'number') return numberText(value);
  if ((letter === 'x' || letter === 'X') && typeof value === 'bigint') {
    const text = value.toString(16);
    return letter === 'x' ? text : text.toUpperCase();
  }
  throw new CannotTell(`a format has %${letter} for another type`);
}

/** A text in double quotes as Go's `%q` writes it. */
export function quotedText(text: string): string {
  if (/[^\x20-\x7e\n\t\r]/.test(text)) return goQuoted(text);
  return `"${text.replaceAll(/["\\\n\t\r]/g, (sign) => named[sign] ?? `\\${sign}`)}"`;
}

const named: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

function goQuoted(text: string): string {
  if (/\p{C}/u.test(text)) throw new CannotTell('quoting of control characters is not told');
  return `"${text.replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`;
}
