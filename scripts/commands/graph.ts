import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { graphPage } from '../plan/graph-page.ts';
import { mermaidText } from '../plan/mermaid.ts';
import type { PlanReport } from '../plan/plan-report.ts';
import { choose } from '../shared/choose.ts';
import { type Command, defineCommand, exitCodes } from './command.ts';
import { engineOption, plannedIn } from './planned.ts';
import { repositoryOptions } from './repository-options.ts';

const formats: Readonly<Record<string, (report: PlanReport) => string>> = {
  mermaid: mermaidText,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  html: graphPage,
};

export const graph: Command = defineCommand({
  usage: 'graph [options]',
  summary: 'Draw who syncs what in each cluster, and what waits for what.',
  options: {
    format: { type: 'string', value: 'name', help: 'mermaid (default), json or html' },
    output: {
      type: 'string',
      short: 'o',
      value: 'file',
      help: 'write it there instead of printing',
    },
    engine: engineOption,
    ...repositoryOptions,
  },
  examples: ['presync graph --cluster prod', 'presync graph --format html --output graph.html'],

  async run(values, paths, terminal) {
    const write = choose('format', formats, values.format ?? 'mermaid');
    const { report, isWhole } = await plannedIn(values, paths, terminal);
    const text = write(report);
    if (values.output === undefined) {
      terminal.print(text);
    } else {
      const file = resolve(terminal.cwd, values.output);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return isWhole ? exitCodes.clean : exitCodes.findings;
  },
});
