import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import { wrap } from '../shared/text.ts';

/** What the process ends with; CI scripts may rely on these. */
export const exitCodes = { clean: 0, findings: 1, misuse: 2, failure: 3 } as const;

/** All that a command may touch outside itself; tests hand in their own. */
export interface Terminal {
  readonly cwd: string;
  /** Whether results are read by a person; they are plain for a pipe. */
  readonly colour: boolean;
  readonly columns: number;
  /** Writes a result to standard output. */
  print(text: string): void;
  /** Writes what is no result, such as the findings of `render`, to standard error. */
  warn(text: string): void;
  /** Shows how far the work is, where somebody can see it; an empty text takes it away. */
  progress(text: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** The same, byte for byte; a terminal without it has text only. */
  readBytes?(): Promise<Uint8Array>;
}

/** A command as the command line sees it. */
export interface Command {
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Lines for the end of the help. */
  readonly examples: readonly string[];
  run(args: string[], terminal: Terminal): Promise<number>;
}

export type Option = NonNullable<ParseArgsConfig['options']>[string] & {
  readonly help: string;
  /** What the help calls the value, such as `path`. */
  readonly value?: string;
  /** Options of a topic are only named in the help, in a line of its own. */
  readonly topic?: string;
};
type Options = Record<string, Option>;
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

interface Definition<O extends Options> extends Omit<Command, 'run' | 'options'> {
  readonly options: O;
  run(values: Values<O>, others: readonly string[], terminal: Terminal): Promise<number>;
}

/** Makes a command whose `run` gets its options parsed and typed. */
export function defineCommand<const O extends Options>(definition: Definition<O>): Command {
  return {
    ...definition,
    async run(args, terminal) {
      const { values, positionals } = parse(args, definition.options);
      return definition.run(values, positionals, terminal);
    },
  };
}

function parse<O extends Options>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    const unknown = /Unknown option '--([^']+)'/.exec(message)?.[1];
    const near = unknown && nearest(unknown, Object.keys(options));
    throw new UserError(near ? `${message}; did you mean --${near}?` : message);
  }
}

/** The help of a command, made from its own description. */
export function helpOf({ usage, summary, options, examples }: Command): string {
  const own = Object.entries(options).filter(([, { topic }]) => topic === undefined);
  const names = own.map(([name, { type, value }]) =>
    type === 'boolean' ? `--${name}` : `--${name} <${value ?? 'value'}>`,
  );
  const width = Math.max(...names.map((name) => name.length));
  const lines = own.map(
    ([, { help }], index) => `  ${(names[index] ?? '').padEnd(width)}  ${help}`,
  );
  return [
    `presync ${usage}`,
    '',
    `  ${summary}`,
    '',
    ...lines,
    ...topicsOf(options).flatMap((topic) => wrap(`  ${topic}`, 80)),
    ...(examples.length > 0 ? ['', ...examples.map((example) => `  $ ${example}`)] : []),
    '',
  ].join('\n');
}

/** `Schemas: --crds, --skip`, one a topic. */
function topicsOf(options: Readonly<Record<string, Option>>): string[] {
  const withTopic = Object.entries(options).filter(([, { topic }]) => topic !== undefined);
  const topics = Map.groupBy(withTopic, ([, { topic }]) => topic);
  return [...topics].map(
    ([topic, own]) => `${topic}: ${own.map(([name]) => `--${name}`).join(', ')}`,
  );
}
