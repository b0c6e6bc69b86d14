import type { Config, Level } from '../config/config.ts';
import { levelsOf } from '../config/rule-levels.ts';
import type { Rule } from '../model.ts';
import { rules as builtIn } from '../rules/registry.ts';
import { choose } from '../shared/choose.ts';
import { wrap } from '../shared/text.ts';
import { type Command, defineCommand, exitCodes, type Terminal } from './command.ts';
import { chooseRepository, repositoryOptions } from './repository-options.ts';
import { chooseRules } from './rule-choice.ts';

const { cwd, config: configOption, help } = repositoryOptions;

export const rules: Command = defineCommand({
  usage: 'rules [options]',
  summary: 'List every rule with its level, as the configuration has it.',
  options: {
    reporter: { type: 'string', default: 'pretty', value: 'name', help: 'pretty or json' },
    cwd,
    config: configOption,
    help,
  },
  examples: ['presync rules', 'presync rules --reporter json', 'presync explain images/pinned-tag'],

  async run(values, _others, terminal) {
    const tell = choose('reporter', { pretty, json }, values.reporter);
    const { config } = await chooseRepository(values, [], terminal);
    // Only to hear of faults: custom rules are told as they are.
    chooseRules({}, config);
    terminal.print(tell(listed(config), terminal));
    return exitCodes.clean;
  },
});

type Listed = Rule & { readonly level: Level };

function listed(config: Config): Listed[] {
  const { customRules = [] } = config;
  const levels = levelsOf(config);
  return [...builtIn, ...customRules].map((rule) => ({
    ...rule,
    level: levels[rule.id] ?? (rule.optIn ? 'off' : rule.severity),
  }));
}

/** Fewer characters in a line are tiresome to read. */
const leastRoom = 45;

function pretty(all: readonly Listed[], { columns }: Terminal): string {
  const width = Math.max(...all.map(({ id }) => id.length));
  const indent = ' '.repeat(width + 11);
  const room = columns - indent.length;
  const lines = all.map(({ id, level, summary }) => {
    const start = `${id.padEnd(width)}  ${level}`;
    // A narrow terminal has no room beside the names.
    if (room < leastRoom) {
      return `${start}\n    ${wrap(summary, columns - 4).join('\n    ')}\n`;
    }
    return `${start.padEnd(indent.length)}${wrap(summary, room).join(`\n${indent}`)}\n`;
  });
  return lines.join('');
}

function json(all: readonly Listed[]): string {
  return `${JSON.stringify({ version: 1, rules: all.map(informationOf) }, null, 2)}\n`;
}

function informationOf(rule: Listed) {
  const { id, scope, severity, level, summary, why, fix, docs, aliases = [], options = {} } = rule;
  return { id, scope, severity, level, summary, why, fix, docs, aliases, options };
}
