import type { Terminal } from '../../scripts/commands/command.ts';

/** A terminal that keeps all that it is told, on either stream. */
export function record(cwd: string): { readonly told: string[]; readonly terminal: Terminal } {
  const told: string[] = [];
  const terminal: Terminal = {
    cwd,
    colour: false,
    columns: 80,
    print: (text) => told.push(text),
    warn: (text) => told.push(text),
    progress: (text) => told.push(text),
    readInput: async () => '',
  };
  return { told, terminal };
}
