import { isRecord } from '../kubernetes/fields.ts';
import { judgeValue } from './credentials.ts';
import { createDetect, type Detect } from './detect.ts';
import { sensitive } from './sensitive.ts';

/** Stands for a value that is not shown. */
export const mask = '***';

const detect: Detect = createDetect();

/**
 * A value as it may be shown: every text in it that is a credential by its name or form is
 * masked, and the literal of a variable by the variable's name.
 *
 * @param name of the field that holds it
 */
export function masked(value: unknown, name: string): unknown {
  if (typeof value === 'string') return isShown(name, value) ? value : mask;
  if (Array.isArray(value)) return value.map((item) => masked(item, name));
  if (!isRecord(value)) return value;
  const variable = typeof value.name === 'string' ? value.name : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isLiteral = key === 'value' && variable !== undefined;
      return [key, masked(item, isLiteral ? variable : key)];
    }),
  );
}

function isShown(name: string, text: string): boolean {
  const value = sensitive(text);
  if (judgeValue(name, value) === 'credential') return false;
  const { token, url } = detect(value);
  if (token || url) return false;
  // `--password=x`, and a file's lines.
  return !text.split('\n', 10_000).some((line) => {
    const [, key, rest] = /^\s*-{0,2}["']?([\w.-]{2,100})["']?\s*[:=]\s*(\S.*)$/.exec(line) ?? [];
    return key !== undefined && judgeValue(key, sensitive(rest ?? '')) === 'credential';
  });
}
