import { RE2JS } from 're2js';
import { fail } from '../errors.ts';
import { labour } from '../meter.ts';
import { declare, declareShared, type Library } from '../overloads.ts';
import type { Value } from '../values.ts';

const compiled = new Map<string, RE2JS>();
const cacheSize = 1000;

/** Compiles a pattern in Go's syntax; throws what RE2 says of a wrong one. */
export function compilePattern(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  if (compiled.size >= cacheSize) compiled.clear();
  const fresh = RE2JS.compile(pattern);
  compiled.set(pattern, fresh);
  return fresh;
}

/** `matches`, which every version has. */
export const matches: Library = {
  since: 0,
  functions: [
    declareShared(
      'matches',
      ['(string, string) -> bool', 'string.(string) -> bool'],
      (text: Value, pattern: Value) => {
        if (typeof text !== 'string') return fail('no such overload: matches');
        if (typeof pattern !== 'string') return fail('no such overload');
        return regex(pattern, text).matcher(text).find();
      },
    ),
  ],
};

/** `find` and `findAll`. */
export const regexLibrary: Library = {
  since: 0,
  functions: [
    declare('find', {
      'string.(string) -> string': (text: string, pattern: string) => {
        const matcher = regex(pattern, text).matcher(text);
        return matcher.find() ? (matcher.group() ?? '') : '';
      },
    }),
    declare('findAll', {
      'string.(string) -> list(string)': (text: string, pattern: string) =>
        findAll(text, pattern, -1n),
      'string.(string, int) -> list(string)': findAll,
    }),
  ],
};

function findAll(text: string, pattern: string, limit: bigint): Value {
  const matcher = regex(pattern, text).matcher(text);
  const found: string[] = [];
  while ((limit < 0n || found.length < limit) && matcher.find()) found.push(matcher.group() ?? '');
  return found;
}

function regex(pattern: string, text: string): RE2JS {
  labour(text.length);
  try {
    return compilePattern(pattern);
  } catch (error) {
    return fail(
      `error parsing regexp: ${String((error as Error).message).replace(/^error parsing regexp: /, '')}`,
    );
  }
}
