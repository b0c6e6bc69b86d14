import { main } from '../../scripts/commands/main.ts';

/** What a command line did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line in a folder, as a person at an 80-column terminal without colours. */
export async function run(cwd: string, ...args: string[]): Promise<Ran> {
  const written = { out: '', error: '' };
  const code = await main(args, {
    cwd,
    colour: false,
    columns: 80,
    print: (text) => {
      written.out += text;
    },
    warn: (text) => {
      written.error += text;
    },
    progress: () => {},
    readInput: async () => '',
  });
  return { code, ...written };
}
