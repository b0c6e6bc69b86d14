import { lstatSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Execa from 'execa';
import { hintFor } from './paths.ts';

/** No program of the repository's own choice may be started. */
const safely = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath='];

/** What Git ignores below a folder; undefined when Git cannot say, and nothing without Git. */
export async function ignoredIn(root: string): Promise<ReadonlySet<string> | undefined> {
  if (!isCheckout(root)) return new Set();
  const list = ['ls-files', '--others', '--ignored', '--exclude-standard', '-z'];
  const { execa } = await import('execa');
  const result = await execa('git', [...safely, ...list], {
    cwd: root,
    reject: false,
    timeout: 10_000,
  });
  return result.failed ? undefined : new Set(result.stdout.split('\0'));
}

/**
 * What to do about a path that is not there: mend a slip, or know that Git keeps it away.
 *
 * @param mayAsk whether to ask Git
 */
export function missingFix(path: string, root: string, mayAsk: boolean): string | undefined {
  const line = mayAsk ? ignoringLine(path, root) : undefined;
  if (!line) return hintFor(path, root);
  return `Git ignores it (${line}), so no clone has it: commit it encrypted with SOPS, or use an ExternalSecret.`;
}

/** Which line makes Git ignore a path, there or not, as `app/.gitignore:3`; undefined for none. */
function ignoringLine(path: string, root: string): string | undefined {
  if (!isCheckout(root)) return undefined;
  // Only for what is missing, and there is no time to wait then: following files is not async.
  const { execaSync } = createRequire(import.meta.url)('execa') as typeof Execa;
  const ask = ['check-ignore', '--no-index', '--verbose', '-z', '--stdin'];
  const result = execaSync('git', [...safely, ...ask], {
    cwd: root,
    input: path,
    reject: false,
    timeout: 5_000,
  });
  const [file, line, pattern] = result.failed ? [] : result.stdout.split('\0');
  const isOwn = file !== undefined && file !== '' && !/^\/|^\.git\//.test(file);
  return isOwn && !pattern?.startsWith('!') ? `${file}:${line}` : undefined;
}

function isCheckout(root: string): boolean {
  return lstatSync(join(root, '.git'), { throwIfNoEntry: false }) !== undefined;
}
