import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  exceptionsFile,
  exceptionsText,
  parseExceptions,
  textFileOf,
} from '../policy/exceptions.ts';
import { UserError } from '../shared/errors.ts';
import { exitCodes } from './command.ts';
import type { PolicyWork } from './policy-test.ts';

/**
 * Compiles `policies/exceptions.yaml` into one file an environment, from which kustomize makes
 * the parameters of the policies; without `--write` only tells which files are stale.
 *
 * @returns the exit code: 1 when a file is stale and was not written
 * @throws UserError when there is no such file, or an entry is not as the format has it
 */
export async function compileExceptions({ cwd, write, terminal }: PolicyWork): Promise<number> {
  const path = join(cwd, exceptionsFile);
  if (!existsSync(path)) throw new UserError(`there is no ${exceptionsFile}`);
  const exceptions = parseExceptions(readFileSync(path, 'utf8'));
  let isStale = false;
  for (const environment of globSync('*/', { cwd: join(cwd, 'policies/environments') }).sort()) {
    const file = textFileOf(environment.replace(/[\\/]$/, ''));
    const wanted = exceptionsText(exceptions, environment);
    const known = existsSync(join(cwd, file)) ? readFileSync(join(cwd, file), 'utf8') : undefined;
    if (known === wanted) continue;
    isStale = true;
    if (write) writeFileSync(join(cwd, file), wanted);
    terminal.print(`${write ? 'wrote' : 'stale:'} ${file}\n`);
  }
  if (!isStale) terminal.print('the exceptions are up to date\n');
  return isStale && !write ? exitCodes.findings : exitCodes.clean;
}
