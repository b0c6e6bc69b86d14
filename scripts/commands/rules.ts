import type { Rule } from '../model.ts';
import { rules as all } from '../rules/registry.ts';
import { choose } from '../shared/choose.ts';
import { wrap } from '../shared/text.ts';
import { type Command, defineCommand, exitCodes, type Terminal } from './command.ts';

export const rules: Command = defineCommand({
  usage: 'rules [options]',
  summary: 'List every rule.',
  options: {
    reporter: { type: 'string', default: 'pretty', value: 'name', help: 'pretty or json' },
    help: { type: 'boolean', help: 'show this' },
  },
  examples: ['presync rules --reporter json'],

  async run({ reporter }, _others, terminal) {
    terminal.print(choose('reporter', { pretty, json }, reporter)(terminal));
    return exitCodes.clean;
  },
});

function pretty({ columns }: Terminal): string {
  const width = Math.max(...all.map(({ id }) => id.length));
  const indent = ' '.repeat(width + 11);
  const lines = all.map(({ id, severity, summary }) => {
    const text = wrap(summary, Math.max(columns - indent.length, 30)).join(`\n${indent}`);
    return `${id.padEnd(width)}  ${severity.padEnd(9)}${text}\n`;
  });
  return `${lines.join('')}`;
}

function json(): string {
  return `${JSON.stringify({ version: 1, rules: all.map(informationOf) }, null, 2)}\n`;
}

function informationOf({ id, scope, severity, summary, why, fix, docs, aliases = [] }: Rule) {
  return { id, scope, severity, summary, why, fix, docs, aliases };
}
