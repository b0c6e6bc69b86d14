import { createRequire } from 'node:module';

/** The version of this package. */
export function version(): string {
  return String(createRequire(import.meta.url)('presync/package.json').version);
}
