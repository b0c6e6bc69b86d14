import type { RE2JS } from 're2js';
import { re2 } from './re2.ts';

/** Whether a pattern in Go's syntax matches all of a text; one of no sense matches none. */
export function isMatched(pattern: string, text: string): boolean {
  const start = /^([\w./-]*)\.\*$/.exec(pattern)?.[1];
  if (start !== undefined) return isLike(start, text.slice(0, start.length));
  const words = wordsOf(pattern);
  if (words) return words.some((word) => isLike(word, text));
  return compiled(pattern)?.matches(text) ?? false;
}

/** The words of `a|b`, `(a|b)` and `x-(a|b)`, as most patterns are; few need the library. */
function wordsOf(pattern: string): string[] | undefined {
  const [all, bare, before = '', inner = '', after = ''] =
    /^(?:([\w./|-]*)|([\w./-]*)\(([\w./|-]*)\)([\w./-]*))$/.exec(pattern) ?? [];
  if (all === undefined) return undefined;
  return bare?.split('|') ?? inner.split('|').map((word) => before + word + after);
}

/**
 * Whether a pattern of letters and dots, as names of API groups and registries are, matches all
 * of a text. Most patterns are such, and need no library.
 */
export function isLike(word: string, text: string): boolean {
  if (word.length !== text.length) return false;
  for (let at = 0; at < word.length; at++) {
    if (word[at] !== text[at] && word[at] !== '.') return false;
  }
  return true;
}

/** Compiling takes long, and the same patterns are asked about for every object. */
function compiled(pattern: string): RE2JS | undefined {
  if (!patterns.has(pattern)) {
    if (patterns.size >= 1_000) patterns.clear();
    patterns.set(pattern, compile(pattern));
  }
  return patterns.get(pattern);
}

const patterns = new Map<string, RE2JS | undefined>();

function compile(pattern: string): RE2JS | undefined {
  try {
    return re2().compile(pattern);
  } catch {
    return undefined;
  }
}
