import { createRequire } from 'node:module';
import type * as Library from 're2js';

let library: typeof Library | undefined;

/** Go's regular expressions in linear time; loaded when first needed, for it is large. */
export function re2(): typeof Library.RE2JS {
  library ??= createRequire(import.meta.url)('re2js') as typeof Library;
  return library.RE2JS;
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
