import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Report, Repository, RuleInfo } from '../model.ts';
import { type Reporter, type ReporterOptions, reporters } from '../report/reporters.ts';
import { choose } from '../shared/choose.ts';
import { UserError } from '../shared/errors.ts';
import { counted, printable } from '../shared/text.ts';
import { version } from '../shared/version.ts';
import type { ValidateOptions } from '../validate-options.ts';
import type { Option, Terminal } from './command.ts';

type Flag = Option & { readonly type: 'boolean'; readonly multiple?: false };

/** Options of every command that tells findings. */
export const reporterOptions: {
  readonly reporter: Option & { readonly type: 'string'; readonly multiple: true };
  readonly quiet: Flag;
  readonly verbose: Flag;
} = {
  reporter: {
    type: 'string',
    multiple: true,
    value: 'name[=file]',
    help: Object.keys(reporters).join(', '),
  },
  quiet: { type: 'boolean', help: 'tell errors only, and nothing when there are none' },
  verbose: { type: 'boolean', help: 'tell why, and all targets' },
};

interface Values {
  readonly reporter?: readonly string[] | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/** Tells a report in every way that was asked for. */
export type Tell = (report: Report, repository: Repository | undefined) => Promise<void>;

/**
 * Reads the options of `reporterOptions`.
 *
 * @param rules what reports may tell of them
 * @throws UserError when there is no such reporter, and later when a file cannot be written
 */
export function chooseReporters(
  values: Values,
  rules: readonly RuleInfo[],
  terminal: Terminal,
): Tell {
  const { quiet = false, verbose = false } = values;
  const chosen = (values.reporter ?? ['pretty']).map((text) => {
    const [name, file] = splitOnce(text, '=');
    const reporter: Reporter = choose('reporter', reporters, name);
    return { reporter, file };
  });
  return async (report, repository) => {
    const told = quiet ? errorsOf(report) : report;
    const common: Omit<ReporterOptions, 'colour' | 'columns'> = {
      rules,
      quiet,
      verbose,
      version: version(),
      ...(await excerpts(report, repository)),
    };
    for (const { reporter, file } of chosen) {
      if (file === undefined) {
        const { colour, columns } = terminal;
        terminal.print(await reporter(told, { ...common, colour, columns }));
      } else {
        const text = await reporter(told, { ...common, colour: false, columns: 100 });
        await write(resolve(terminal.cwd, file), text);
      }
    }
  };
}

/** A clean run does not pay for what only findings need, not even for loading the code. */
async function excerpts(
  { findings }: Report,
  repository: Repository | undefined,
): Promise<Pick<ReporterOptions, 'excerptOf'>> {
  if (!repository || findings.length === 0) return {};
  const { openExcerpts } = await import('../excerpt/excerpts.ts');
  return { excerptOf: openExcerpts(repository, findings) };
}

/** Loads what telling of findings needs, while there is nothing else to do. */
export function prepareToTell(): void {
  void import('../excerpt/excerpts.ts');
}

/** How far a run is, in a line that is not wider than the terminal. */
export function progressOf(
  terminal: Terminal,
): Required<Pick<ValidateOptions, 'onProgress' | 'onStage'>> {
  const tell = (said: string) => {
    const text = printable(said);
    const room = terminal.columns - 1;
    terminal.progress(text.length > room ? `${text.slice(0, room - 1)}…` : text);
  };
  return {
    onProgress: (done, total, target) => tell(`rendered ${done} of ${total} targets, ${target}`),
    onStage: (stage, count) =>
      tell(`${stage} ${counted(count, stage === 'checking' ? 'manifest' : 'problem')} …`),
  };
}

/** As if there were no warnings and notes; what a run ends with does not change. */
function errorsOf(report: Report): Report {
  const { findings, summary } = report;
  return {
    ...report,
    summary: { ...summary, warnings: 0, notes: 0 },
    findings: findings.filter(({ severity }) => severity === 'error'),
    notChecked: [],
  };
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`the report cannot be written: ${reason}`);
  }
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
