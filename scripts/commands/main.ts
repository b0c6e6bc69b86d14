import { choose } from '../shared/choose.ts';
import { UserError } from '../shared/errors.ts';
import { printable, wrap } from '../shared/text.ts';
import { version } from '../shared/version.ts';
import { type Command, exitCodes, fullHelpOf, helpOf, type Terminal } from './command.ts';

/** Loaded only when asked for: starting is most of a short run's time. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  validate: async () => (await import('./validate.ts')).validate,
  render: async () => (await import('./render.ts')).render,
  explain: async () => (await import('./explain.ts')).explain,
  capacity: async () => (await import('./capacity.ts')).capacity,
  plan: async () => (await import('./plan.ts')).plan,
  graph: async () => (await import('./graph.ts')).graph,
  dashboard: async () => (await import('./dashboard.ts')).dashboard,
  init: async () => (await import('./init.ts')).init,
  baseline: async () => (await import('./baseline.ts')).baseline,
  policy: async () => (await import('./policy.ts')).policy,
  rules: async () => (await import('./rules.ts')).rules,
  seal: async () => (await import('./seal.ts')).seal,
  schemas: async () => (await import('./schemas.ts')).schemas,
};

/**
 * Runs a command line.
 *
 * @returns what the process ends with, see `exitCodes`
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name = '--help', ...args] = argv;
  try {
    if (name === '--version' || name === '-v') {
      terminal.print(`${version()}\n`);
      return exitCodes.clean;
    }
    if (name === '--help' || name === '-h' || name === 'help') return await help(terminal, args);
    const command = await choose('command', commands, name)();
    if (!args.includes('--help') && !args.includes('-h')) return await command.run(args, terminal);
    terminal.print(helpOf(command));
    return exitCodes.clean;
  } catch (error) {
    terminal.progress('');
    if (error instanceof UserError) {
      terminal.warn(`error: ${printable(error.message)}\n`);
      return exitCodes.misuse;
    }
    if (isFileFault(error)) {
      terminal.warn(`error: ${printable(error.message)}\n`);
      return exitCodes.failure;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.warn(`presync failed; this is a fault of presync itself:\n${text}\n`);
    return exitCodes.failure;
  }
}

/** A folder or file that cannot be used: its name and the reason say all there is to say. */
function isFileFault(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error && 'path' in error;
}

async function help(terminal: Terminal, [about]: readonly string[]): Promise<number> {
  if (about !== undefined && !about.startsWith('-')) {
    terminal.print(fullHelpOf(await choose('command', commands, about)()));
    return exitCodes.clean;
  }
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => {
      const { summary } = await load();
      const [first, ...more] = wrap(summary, 66);
      return [
        `  ${name.padEnd(12)}${first}\n`,
        ...more.map((line) => `${' '.repeat(14)}${line}\n`),
      ].join('');
    }),
  );
  terminal.print(
    [
      'presync checks a GitOps repository before Argo CD or Flux syncs it.\n\n',
      'presync <command> [options] [path ...]\n\n',
      ...lines,
      '\n  presync <command> --help tells more, presync help <command> everything.\n',
      '\nExit codes: 0 clean, 1 findings, 2 misuse, 3 failure of presync itself.\n',
    ].join(''),
  );
  return exitCodes.clean;
}
