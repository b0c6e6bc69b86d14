import type { FieldPath } from '../model.ts';
import { isRecord, valueAt } from './fields.ts';

/**
 * The path that somebody names: `spec.template.spec.containers[name=api].image`, or a
 * JSON pointer. Keys may have dots in them, such as those of labels; where the object
 * has no such field, the path is taken as it is written.
 *
 * @returns undefined when an item of a list is asked for that is not there
 */
export function parseField(text: string, object: unknown): FieldPath | undefined {
  if (text.startsWith('/')) return parsePointer(text, object);
  let path: FieldPath = [];
  const parts = text.match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];
  for (let index = 0; index < parts.length; ) {
    const part = parts[index] as string;
    const holder = valueAt(object, path);
    if (part.startsWith('[')) {
      const item = itemOf(part.slice(1, -1), holder);
      if (item === undefined) return undefined;
      path = [...path, item];
      index++;
    } else if (Array.isArray(holder) && /^\d+$/.test(part)) {
      path = [...path, Number(part)];
      index++;
    } else {
      const length = longestKey(parts.slice(index), holder);
      path = [...path, parts.slice(index, index + length).join('.')];
      index += length;
    }
  }
  return path;
}

/** Keys whose values only name an item; others may hold what nobody is to see. */
const namingKeys: readonly string[] = ['name', 'containerPort', 'port', 'mountPath'];

/** The items that are there where `parseField` finds none, as `[name=api]`. */
export function itemsInstead(text: string, object: unknown): string[] {
  for (const { index, 0: part } of text.matchAll(/\[([^\]=]+)=[^\]]*\]/g)) {
    if (parseField(text.slice(0, index + part.length), object)) continue;
    const holder = valueAt(object, parseField(text.slice(0, index), object) ?? []);
    const key = part.slice(1, part.indexOf('='));
    const items = Array.isArray(holder) && namingKeys.includes(key) ? holder : [];
    return items.flatMap((item) =>
      isRecord(item) && item[key] !== undefined ? [`[${key}=${item[key]}]`] : [],
    );
  }
  return [];
}

function parsePointer(text: string, object: unknown): FieldPath {
  let path: FieldPath = [];
  for (const step of text.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const isItem = Array.isArray(valueAt(object, path)) && /^\d+$/.test(key);
    path = [...path, isItem ? Number(key) : key];
  }
  return path;
}

/** `[name=api]`, `[0]`, or a key in brackets such as `["app.kubernetes.io/name"]`. */
function itemOf(text: string, holder: unknown): string | number | undefined {
  if (!Array.isArray(holder)) return text.replaceAll(/^["']|["']$/g, '');
  if (/^\d+$/.test(text)) return Number(text);
  const [key = '', value] = text.split('=');
  const index = holder.findIndex((item) => isRecord(item) && String(item[key]) === value);
  return index < 0 ? undefined : index;
}

/** How many parts between dots make the longest key that is there. */
function longestKey(parts: readonly string[], holder: unknown): number {
  for (let length = parts.length; length > 1; length--) {
    if (isRecord(holder) && Object.hasOwn(holder, parts.slice(0, length).join('.'))) return length;
  }
  return 1;
}
