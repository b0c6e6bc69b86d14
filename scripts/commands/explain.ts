import type { Rule } from '../model.ts';
import { rules } from '../rules/registry.ts';
import { choose } from '../shared/choose.ts';
import { wrap } from '../shared/text.ts';
import { type Command, defineCommand, exitCodes } from './command.ts';

export const explain: Command = defineCommand({
  usage: 'explain <rule>',
  summary: 'Tell what a rule wants, why, and what to do about a finding.',
  options: { help: { type: 'boolean', help: 'show this' } },
  examples: ['presync explain images/pinned-tag'],

  async run(_values, [name], terminal) {
    const byId = Object.fromEntries(rules.map((rule) => [rule.id, rule]));
    terminal.print(textOf(choose('rule', byId, name), Math.min(terminal.columns, 100)));
    return exitCodes.clean;
  },
});

function textOf({ id, severity, scope, summary, why, fix, docs }: Rule, width: number): string {
  const paragraphs = [summary, why, `Fix: ${fix}`].map((text) => wrap(text, width).join('\n'));
  return [`${id} (${severity}, looks at one ${scope} at a time)`, ...paragraphs, docs, ''].join(
    '\n\n',
  );
}
