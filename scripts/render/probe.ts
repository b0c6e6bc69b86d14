import { execa } from 'execa';
import type { Kustomize } from './binary.ts';

/**
 * Asks a program for its kustomize version, as `5.8.1`.
 * Undefined when it does not tell: distributions build kustomize as `(devel)`.
 */
export async function probe(
  command: string,
  subcommand: Kustomize['subcommand'],
): Promise<string | undefined> {
  const args = subcommand === 'build' ? ['version'] : ['version', '--client'];
  const { stdout } = await execa(command, args, {
    reject: false,
    timeout: 10_000,
    stdin: 'ignore',
  });
  const text = stdout ?? '';
  const pattern =
    subcommand === 'build' ? /v?(\d+\.\d+\.\d+)/ : /Kustomize Version: v?(\d+\.\d+\.\d+)/;
  return pattern.exec(text)?.[1];
}
