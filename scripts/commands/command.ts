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

/** The help of a command on one screen, made from its own description. */
export function helpOf({ usage, summary, options, examples }: Command): string {
  const own = Object.entries(options).filter(([, { topic }]) => topic === undefined);
  const topics = [...Map.groupBy(withTopic(options), ([, { topic }]) => topic)];
  const [name = ''] = usage.split(' ');
  return [
    `presync ${usage}`,
    '',
    ...wrap(summary, 76).map((line) => `  ${line}`),
    '',
    ...linesOf(own),
    ...topics.flatMap(([topic, rest]) => listed(`${topic}:`, rest)),
    ...(topics.length > 0 ? ['', `  presync help ${name} explains every option.`] : []),
    ...(examples.length > 0 ? ['', ...examples.map((example) => `  $ ${example}`)] : []),
    '',
  ].join('\n');
}

/** The same with a line for every option, however many there are. */
export function fullHelpOf(command: Command): string {
  const topics = Map.groupBy(withTopic(command.options), ([, { topic }]) => topic);
  const plain = Object.entries(command.options).filter(([, { topic }]) => topic === undefined);
  const sections = [...topics].map(([topic, own]) => `${topic}\n\n${linesOf(own).join('\n')}\n`);
  const { usage, summary, examples } = command;
  const parts = [
    `presync ${usage}\n`,
    `${wrap(summary, 76).join('\n')}\n`,
    `${linesOf(plain).join('\n')}\n`,
    ...sections,
    ...(examples.length > 0 ? [examples.map((example) => `$ ${example}\n`).join('')] : []),
  ];
  return parts.join('\n');
}

type Entry = readonly [name: string, option: Option];

function withTopic(options: Command['options']): Entry[] {
  return Object.entries(options).filter(([, { topic }]) => topic !== undefined);
}

/** An option a line; what does not fit beside it goes on below. */
function linesOf(entries: readonly Entry[]): string[] {
  const names = entries.map(([name, { type, value }]) =>
    type === 'boolean' ? `--${name}` : `--${name} <${value ?? 'value'}>`,
  );
  const width = Math.max(...names.map((name) => name.length));
  return entries.flatMap(([, { help }], index) => {
    const [first = '', ...more] = wrap(help, Math.max(76 - width, 30));
    const indent = ' '.repeat(width + 4);
    return [
      `  ${(names[index] ?? '').padEnd(width)}  ${first}`,
      ...more.map((one) => indent + one),
    ];
  });
}

/** `Schemas: --crds, --skip`, one a topic. */
function listed(title: string, entries: readonly Entry[]): string[] {
  const names = entries.map(([name]) => `--${name}`).join(', ');
  return wrap(`${title} ${names}`, 76).map((line) => `  ${line}`);
}
