import { UserError } from './errors.ts';

/** Nothing of the repository's own configuration is run. */
const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath='];

/**
 * What Git answers.
 *
 * @throws UserError when Git refuses or cannot be run
 */
export async function git(root: string, args: readonly string[]): Promise<string> {
  const { execa } = await import('execa');
  const result = await execa('git', [...safe, ...args], {
    cwd: root,
    reject: false,
    timeout: 30_000,
    stripFinalNewline: false,
  });
  if (!result.failed) return result.stdout;
  throw new UserError(`Git cannot say what changed: ${reasonIn(result.stderr)}`);
}

/**
 * What Git answers to an input, byte by byte.
 *
 * @throws UserError when Git refuses or cannot be run, or answers with more than `most` bytes
 */
export async function gitBytes(
  root: string,
  args: readonly string[],
  input: string,
  most: number,
): Promise<Uint8Array> {
  const { execa } = await import('execa');
  const result = await execa('git', [...safe, ...args], {
    cwd: root,
    input,
    reject: false,
    timeout: 60_000,
    encoding: 'buffer',
    maxBuffer: most,
    stripFinalNewline: false,
  });
  if (!result.failed) return result.stdout;
  throw new UserError(`Git cannot say what was there: ${reasonIn(String(result.stderr ?? ''))}`);
}

function reasonIn(text: string | undefined): string {
  return text?.split('\n')[0] || 'git cannot be run';
}

/**
 * The commit that a change since `ref` starts from.
 *
 * @throws UserError when Git does not know the reference, or no common commit
 */
export async function mergeBase(root: string, ref: string): Promise<string> {
  if (ref === '' || ref.startsWith('-')) throw new UserError(`"${ref}" is no Git reference`);
  const known = await git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]).catch(
    () => undefined,
  );
  if (known === undefined) {
    throw new UserError(
      `Git knows no "${ref}" here; fetch it first (fetch-depth: 0 in a workflow)`,
    );
  }
  const base = await git(root, ['merge-base', ref, 'HEAD']).catch(() => undefined);
  if (base === undefined) {
    throw new UserError(
      `Git knows no commit that "${ref}" and HEAD have in common; fetch more of the history`,
    );
  }
  return base.trim();
}
