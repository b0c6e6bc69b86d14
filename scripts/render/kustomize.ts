import type { Kustomize } from './binary.ts';

/** What a build may do besides reading files below its folder; nothing by default. */
export type Permission = 'network' | 'helm' | 'exec';

export interface BuildOptions {
  readonly allowed?: ReadonlySet<Permission>;
  /** Milliseconds until the build is killed; 60,000 by default. */
  readonly timeoutMs?: number;
  /** Bytes of output after which the build is killed; 256 MiB by default. */
  readonly maximumOutput?: number;
  /** Told once kustomize runs: what comes next can be made ready meanwhile. */
  readonly onStarted?: () => void;
}

/** A build did not succeed. The message is kustomize's own and may quote the files it read. */
export class KustomizeError extends Error {
  override readonly name = 'KustomizeError';
  readonly reason: 'failed' | 'timeout' | 'output';

  constructor(reason: KustomizeError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Builds one kustomization; no other file starts kustomize.
 *
 * The load restrictor stays on. Plugins, exec functions, helm and the network are off
 * unless allowed: without permission the build even finds no program to start and no
 * proxy that answers.
 *
 * @param folder absolute path of the folder with the kustomization
 * @returns the YAML stream exactly as kustomize writes it
 * @throws KustomizeError when it fails, hangs or floods
 */
export async function build(
  kustomize: Kustomize,
  folder: string,
  options: BuildOptions = {},
): Promise<string> {
  const { allowed = new Set(), timeoutMs = 60_000, maximumOutput = 256 * 1024 * 1024 } = options;
  // Loaded only when something is built: it is many files.
  const { execa } = await import('execa');
  const args = [kustomize.subcommand, ...flagsFor(allowed, kustomize), folder];
  const running = execa(kustomize.command, args, {
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
    timeout: timeoutMs,
    maxBuffer: maximumOutput,
    forceKillAfterDelay: 1_000,
    extendEnv: allowed.size > 0,
    env: environmentFor(allowed),
  });
  try {
    options.onStarted?.();
  } catch (error) {
    running.kill();
    throw error;
  }
  const result = await running;
  if (result.timedOut) {
    throw new KustomizeError('timeout', `did not finish in ${timeoutMs / 1000} s and was stopped`);
  }
  if (result.isMaxBuffer) {
    throw new KustomizeError('output', `wrote more than ${maximumOutput} bytes and was stopped`);
  }
  if (result.failed) {
    throw new KustomizeError('failed', result.stderr?.trim() || (result.shortMessage ?? 'failed'));
  }
  return result.stdout;
}

function flagsFor(allowed: ReadonlySet<Permission>, { subcommand }: Kustomize): string[] {
  const flags: string[] = [];
  if (allowed.has('helm')) flags.push('--enable-helm');
  if (allowed.has('network')) flags.push('--network');
  if (allowed.has('exec')) {
    flags.push('--enable-alpha-plugins', ...(subcommand === 'build' ? ['--enable-exec'] : []));
  }
  return flags;
}

/** Builds are short: collecting garbage costs more than the memory, up to a limit. */
const speed = { GOGC: 'off', GOMEMLIMIT: '1GiB' };

function environmentFor(allowed: ReadonlySet<Permission>): Record<string, string> {
  if (allowed.size > 0) return speed;
  const nowhere = 'http://127.0.0.1:9';
  return { ...speed, PATH: '', HOME: '/nonexistent', HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere };
}
