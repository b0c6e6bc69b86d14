import { isRecord } from '../../kubernetes/fields.ts';
import { isTrue } from '../go-template/values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Fills what is empty in `own` from `other`, maps in maps too; lists are never joined. */
export function completed(own: Fields, other: Fields): Fields {
  return merged(own, other, (a, b) => (isTrue(a) ? a : b));
}

/** Replaces what `other` has and is not empty, maps in maps too; lists are never joined. */
export function overridden(own: Fields, other: Fields): Fields {
  return merged(own, other, (a, b) => (isTrue(b) ? b : a));
}

function merged(own: Fields, other: Fields, choose: (a: unknown, b: unknown) => unknown): Fields {
  const all = new Map(Object.entries(own));
  for (const [key, value] of Object.entries(other)) {
    const before = all.get(key);
    const isMap = isRecord(before) && isRecord(value);
    all.set(
      key,
      isMap ? merged(before, value, choose) : all.has(key) ? choose(before, value) : value,
    );
  }
  return Object.fromEntries(all);
}

/** A strategic merge patch on an Application, whose lists but the finalizers are replaced. */
export function patched(own: Fields, patch: Fields): Fields {
  if (patch.$patch === 'replace') return without(patch, '$patch');
  const all = new Map(Object.entries(own));
  for (const [key, value] of Object.entries(patch)) {
    const before = all.get(key);
    if (value === null || (isRecord(value) && value.$patch === 'delete')) all.delete(key);
    else if (isRecord(value)) all.set(key, patched(isRecord(before) ? before : {}, value));
    else if (key === 'finalizers' && Array.isArray(before) && Array.isArray(value)) {
      all.set(key, [...new Set([...before, ...value])]);
    } else all.set(key, value);
  }
  return Object.fromEntries(all);
}

function without(fields: Fields, key: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}
