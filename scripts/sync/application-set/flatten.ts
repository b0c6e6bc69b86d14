import { isRecord } from '../../kubernetes/fields.ts';
import { CannotTell } from '../go-template/errors.ts';
import { textOf } from '../go-template/values.ts';

/** Maps and lists as one map of texts: `a.b` and `a.0`. */
export function flattened(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  const flat: Record<string, string> = {};
  const add = (value: unknown, name: string, depth: number): void => {
    if (depth > 30) throw new CannotTell('a value is nested too deeply');
    const entries = Array.isArray(value) || isRecord(value) ? Object.entries(value) : [];
    if (entries.length === 0) {
      Object.defineProperty(flat, name, {
        value: textOf(value, '<nil>'),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    for (const [key, one] of entries) add(one, `${name}.${key}`, depth + 1);
  };
  for (const [key, value] of Object.entries(fields)) add(value, key, 0);
  return flat;
}
