import { rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type BaselineEntry,
  baselineName,
  baselineText,
  entriesOf,
  readBaseline,
} from '../check/baseline.ts';
import type { Config } from '../config/config.ts';
import type { Report } from '../model.ts';
import { validate } from '../pipeline.ts';
import { counted, printable } from '../shared/text.ts';
import { type Command, defineCommand, exitCodes, type Terminal } from './command.ts';
import { progressOf } from './reporter-options.ts';
import {
  chooseRepository,
  type RepositoryChoice,
  repositoryOptions,
} from './repository-options.ts';
import { chooseRules } from './rule-choice.ts';

const { cwd, config, allow, concurrency, help } = repositoryOptions;

export const baseline: Command = defineCommand({
  usage: 'baseline [options]',
  summary: "Record today's findings, so that only new ones fail. A baseline only shrinks.",
  options: {
    baseline: { type: 'string', value: 'file', help: `write it there, not to ${baselineName}` },
    'allow-growth': { type: 'boolean', help: 'add findings to a baseline that is there' },
    cwd,
    config,
    allow,
    concurrency,
    help,
  },
  examples: ['presync baseline', 'presync baseline --allow-growth   # after a rule was added'],

  async run(values, _others, terminal) {
    const choice = await chooseRepository(values, [], terminal);
    const configured = choice.config.baseline || baselineName;
    const file = values.baseline ?? configured;
    const old = readBaseline(choice.root, file, false)?.entries;
    const absolute = resolve(choice.root, file);
    const report = await findingsFor(choice, terminal);
    const now = worthRecording(report, choice.config);
    const known = new Set(old?.map(({ fingerprint }) => fingerprint));
    const added = old ? now.filter(({ fingerprint }) => !known.has(fingerprint)) : [];
    const isRefused = added.length > 0 && !values['allow-growth'];
    const kept = isRefused ? now.filter((entry) => !added.includes(entry)) : now;
    const unsure = report.targets.some(({ rendered }) => !rendered) ? unseen(old ?? [], now) : [];
    const entries = [...kept, ...unsure];
    // A baseline that is gone would be begun anew, with all that is refused now.
    if (entries.length > 0 || isRefused) writeFileSync(absolute, baselineText(entries));
    else rmSync(absolute, { force: true });
    terminal.print(`${printable(file)}: ${tell(entries.length, old?.length, isRefused)}\n`);
    if (!isRefused) return exitCodes.clean;
    for (const { file: place, rule, message } of added.slice(0, 20)) {
      terminal.warn(`${printable(`${place}: ${message} (${rule})`)}\n`);
    }
    const more = added.length > 20 ? `, ${added.length - 20} of them not shown` : '';
    const what = counted(added.length, 'new finding');
    terminal.warn(`${what}${more}: mend what is new, or record it with --allow-growth\n`);
    return exitCodes.findings;
  },
});

/** Everything a whole run finds; comments suppress as ever. */
export async function findingsFor(choice: RepositoryChoice, terminal: Terminal): Promise<Report> {
  const { config, root } = choice;
  const report = await validate({
    ...choice,
    ...chooseRules({}, config),
    policies: (config.policies ?? []).map((path) => resolve(root, path)),
    ...progressOf(terminal),
  });
  terminal.progress('');
  return report;
}

/** Notes fail no run, unless the configuration says so: they are not there to be hidden. */
export function worthRecording({ findings }: Report, { failOn }: Config): BaselineEntry[] {
  return entriesOf(
    findings.filter(
      ({ suppression, severity, rule }) =>
        !suppression &&
        !rule.startsWith('suppressions/') &&
        (severity !== 'note' || failOn === 'note'),
    ),
  );
}

/** Where a build fails, nobody knows what it would show. */
function unseen(old: readonly BaselineEntry[], now: readonly BaselineEntry[]): BaselineEntry[] {
  const found = new Set(now.map(({ fingerprint }) => fingerprint));
  return old.filter(({ fingerprint }) => !found.has(fingerprint));
}

function tell(count: number, before: number | undefined, stays: boolean): string {
  if (count === 0 && !stays)
    return before === undefined ? 'nothing to record' : 'empty now, and removed';
  const what = counted(count, 'finding');
  return before === undefined || before === count ? what : `${what} (${before} before)`;
}
