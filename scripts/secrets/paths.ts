import { isRecord } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';

/** A value somewhere in an object. */
export interface Found {
  readonly value: unknown;
  readonly path: FieldPath;
}

/**
 * The values at a pattern such as `spec.triggers.*.authenticationRef`: `*` stands for every
 * item or field, `**` for any way down, and `*Suffix` for the fields with that ending.
 */
export function valuesAt(data: unknown, pattern: string): Found[] {
  return step([{ value: data, path: [] }], pattern.split('.'));
}

function step(found: readonly Found[], [segment, ...rest]: readonly string[]): Found[] {
  if (segment === undefined) return [...found];
  if (segment === '**') {
    const below = found.flatMap((one) => descendants(one));
    return step(below, rest);
  }
  const next = found.flatMap((one) =>
    childrenOf(one).filter(({ path }) => matches(String(path.at(-1)), segment)),
  );
  return step(next, rest);
}

function matches(name: string, segment: string): boolean {
  if (segment === '*') return true;
  return segment.startsWith('*') ? name.endsWith(segment.slice(1)) : name === segment;
}

/** Not recursive: a stranger may nest as deeply as the parser lets through. */
function descendants(top: Found): Found[] {
  const found: Found[] = [];
  const waiting = [top];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    found.push(one);
    waiting.push(...childrenOf(one).reverse());
  }
  return found;
}

/** The fields or items of a value. */
export function childrenOf({ value, path }: Found): Found[] {
  if (Array.isArray(value)) {
    return value.map((item, index) => ({ value: item, path: [...path, index] }));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).map(([key, child]) => ({ value: child, path: [...path, key] }));
}
