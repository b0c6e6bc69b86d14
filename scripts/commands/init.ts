import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { baselineName, baselineText } from '../check/baseline.ts';
import { configNames } from '../config/config.ts';
import { discover } from '../discover/discover.ts';
import type { Report } from '../model.ts';
import { rules } from '../rules/registry.ts';
import { UserError } from '../shared/errors.ts';
import { counted, printable, wrap } from '../shared/text.ts';
import { findingsFor, worthRecording } from './baseline.ts';
import { type Command, defineCommand, exitCodes } from './command.ts';
import { configFile, hookFile, howToHook, isHooked, type Planned } from './init-files.ts';
import { chooseRepository, repositoryOptions } from './repository-options.ts';
import { survey } from './survey.ts';

const { cwd, allow, help } = repositoryOptions;

export const init: Command = defineCommand({
  usage: 'init [options]',
  summary: 'Set presync up in a repository, and tell what a first run says.',
  options: {
    baseline: { type: 'boolean', help: `record what is found now in ${baselineName}` },
    'dry-run': { type: 'boolean', help: 'only tell what would be written' },
    force: { type: 'boolean', help: 'write files anew that are there' },
    cwd,
    allow,
    help,
  },
  examples: ['presync init --dry-run', 'presync init --baseline'],

  async run(values, others, terminal) {
    if (others.length > 0) throw new UserError('init takes no path; name the folder with --cwd');
    const isDry = values['dry-run'] ?? false;
    const choice = await chooseRepository(values, [], terminal);
    const { root } = choice;
    const discovery = discover({ ...choice, only: [], given: [] });
    const found = survey(discovery);
    const existing = configNames.find((name) => existsSync(join(root, name)));
    const isConfigured = existing !== undefined && !values.force;
    const config = configFile(found);
    if (existing !== undefined && values.force && existing !== config.path) {
      throw new UserError(`${existing} would decide and not ${config.path}; remove it first`);
    }
    const hook = hookFile(root);
    const ignore = isConfigured ? choice.ignore : found.ignore;
    const report = await findingsFor({ ...choice, ignore }, terminal);
    const recorded = planBaseline(report, values, root);
    const files = [...(isConfigured ? [] : [config]), ...(hook ? [hook] : []), ...recorded];
    for (const file of isDry ? [] : files) write(root, file);
    const left = isConfigured ? [`${existing} is there and stays`] : [];
    const unhooked = hook || isHooked(root) ? [] : howToHook(root);
    terminal.print(
      [
        section('Found', found.told),
        section(isDry ? 'Would write' : 'Wrote', [...files.map(line), ...left]),
        section('First run', firstRun(report, recorded.length > 0)),
        section('Next', [...next(report, recorded.length > 0), ...unhooked]),
      ].join('\n'),
    );
    return exitCodes.clean;
  },
});

interface Values {
  readonly baseline?: boolean | undefined;
  readonly force?: boolean | undefined;
}

function planBaseline(report: Report, { baseline, force }: Values, root: string): Planned[] {
  if (!baseline) return [];
  if (existsSync(join(root, baselineName)) && !force) {
    throw new UserError(`${baselineName} is there; presync baseline keeps it up to date`);
  }
  const entries = worthRecording(report, {});
  const what = counted(entries.length, 'finding');
  return entries.length > 0 ? [{ path: baselineName, text: baselineText(entries), what }] : [];
}

function write(root: string, { path, text }: Planned): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  const isScript = path.startsWith('.husky/');
  writeFileSync(join(root, path), text, isScript ? { mode: 0o755 } : {});
}

function line({ path, what }: Planned): string {
  return `${path} (${what})`;
}

function section(title: string, lines: readonly string[]): string {
  const body = lines.length > 0 ? lines : ['nothing'];
  const wrapped = body.flatMap((one) =>
    wrap(printable(one), 76).map((part, index) => `${index === 0 ? '  ' : '    '}${part}\n`),
  );
  return `${title}\n${wrapped.join('')}`;
}

/** As much as fits beside the rest on a screen. */
const shown = 8;

function firstRun({ summary, findings, targets }: Report, isRecorded: boolean): string[] {
  const { errors, warnings, notes, manifests } = summary;
  const failed = targets.filter(({ rendered }) => !rendered).length;
  const counts = `${counted(errors, 'error')}, ${counted(warnings, 'warning')} and ${counted(notes, 'note')}`;
  const unbuilt = failed > 0 ? ` (${failed} not rendered)` : '';
  const byRule = Map.groupBy(
    findings.filter(({ severity }) => severity !== 'note'),
    ({ rule }) => rule,
  );
  const top = [...byRule].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const wants = new Map(rules.map(({ id, summary }) => [id, summary]));
  return [
    `${counts} in ${counted(targets.length, 'target')}${unbuilt}, ${counted(manifests, 'manifest')}`,
    ...top.slice(0, shown).map(([rule, own]) => `${own.length} ${rule}: ${wants.get(rule) ?? ''}`),
    ...(top.length > shown ? [`and ${counted(top.length - shown, 'more rule')}`] : []),
    ...(isRecorded ? ['all of them are recorded, and only new ones fail'] : []),
  ];
}

function next({ summary }: Report, isRecorded: boolean): string[] {
  const found = summary.errors + summary.warnings;
  return [
    found > 0 && !isRecorded
      ? 'npx presync validate tells all of them; npx presync baseline records them, so that only new ones fail'
      : 'npx presync validate, in CI too',
  ];
}
