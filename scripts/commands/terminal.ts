import { buffer, text } from 'node:stream/consumers';
import { exitCodes, type Terminal } from './command.ts';

/** Progress of a shorter run would only flicker. */
const silentMs = 500;

/** The terminal of this process. */
export function createTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const started = performance.now();
  for (const stream of [stdout, stderr]) stream.on('error', leave);
  let shown = false;
  return {
    cwd: process.cwd(),
    colour: wantsColour(env, stdout.isTTY),
    columns: stdout.columns ?? 80,
    print: (output) => void stdout.write(output),
    warn: (output) => void stderr.write(output),
    progress(message) {
      const isVisible = stderr.isTTY && performance.now() - started > silentMs;
      if (message === '' ? !shown : !isVisible) return;
      shown = message !== '';
      stderr.write(`\r\u001b[K${message}`);
    },
    readInput: () => text(process.stdin),
    readBytes: () => buffer(process.stdin),
  };
}

/** Whoever read the output has had enough (`| head`), or it cannot be written: nobody to tell. */
function leave(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? process.exitCode : exitCodes.failure);
}

/** As no-color.org and its opposite have it: `NO_COLOR` wins, then `FORCE_COLOR`, then the terminal. */
function wantsColour(env: NodeJS.ProcessEnv, isTTY: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTTY && env.TERM !== 'dumb';
}
