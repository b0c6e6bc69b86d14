import { createRequire } from 'node:module';
import type * as Library from 're2js';

let library: typeof Library | undefined;

/** Go's regular expressions in linear time; loaded when first needed, for it is large. */
export function re2(): typeof Library.RE2JS {
  library ??= createRequire(import.meta.url)('re2js') as typeof Library;
  return library.RE2JS;
}
