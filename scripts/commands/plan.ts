import { planText } from '../plan/plan-text.ts';
import { type Command, defineCommand, exitCodes } from './command.ts';
import { engineOption, plannedIn } from './planned.ts';
import { repositoryOptions } from './repository-options.ts';

export const plan: Command = defineCommand({
  usage: 'plan [options]',
  summary: 'Tell in which order Argo CD or Flux fills an empty cluster, and what waits for what.',
  options: {
    engine: engineOption,
    json: { type: 'boolean', help: 'print JSON' },
    ...repositoryOptions,
  },
  examples: ['presync plan --cluster prod', 'presync plan --engine flux --json'],

  async run(values, paths, terminal) {
    const { report, isWhole } = await plannedIn(values, paths, terminal);
    terminal.print(
      values.json ? `${JSON.stringify(report, null, 2)}\n` : planText(report, terminal.columns),
    );
    return isWhole ? exitCodes.clean : exitCodes.findings;
  },
});
