import type { Rule } from '../model.ts';
import { wrap } from '../shared/text.ts';

/** What the reference shows of a rule besides its own words. */
export interface RuleExample {
  /** Path of the fixture below `test/rules`. */
  readonly name: string;
  readonly text: string;
}

const width = 100;

/** The reference of all rules, as Markdown: their words and their first bad fixture. */
export function ruleDocs(
  rules: readonly Rule[],
  exampleOf: (rule: Rule) => RuleExample | undefined,
): string {
  const sections = rules.map((rule) => section(rule, exampleOf(rule)));
  const intro = [
    '# Rules',
    '',
    ...wrap(
      'Written by `npm run docs` from the rules and their fixtures. Every rule is one file here; its bad and good examples are in `test/rules/`.',
      width,
    ),
    '',
    '| rule | severity | what it wants |',
    '|---|---|---|',
    ...rules.map(
      (rule) => `| [${rule.id}](#${anchorOf(rule.id)}) | ${levelOf(rule)} | ${rule.summary} |`,
    ),
  ];
  return `${[intro.join('\n'), ...sections].join('\n\n')}\n`;
}

/** How GitHub names a heading's anchor. */
function anchorOf(id: string): string {
  return id.replaceAll('/', '');
}

function section(rule: Rule, example: RuleExample | undefined): string {
  const { id, scope, summary, why, fix, docs, options = {} } = rule;
  const paragraphs = [
    `## ${id}`,
    `**${levelOf(rule)}** · looks at one ${scope} at a time`,
    ...[summary, why, `Fix: ${fix}`].map((text) => wrap(text, width).join('\n')),
    ...optionsTold(options),
    `Enforces: <${docs}>`,
    ...(example ? [`Bad (\`${example.name}\`):`, fenced(example.text)] : []),
  ];
  return paragraphs.join('\n\n');
}

/** A list, one option an entry. */
function optionsTold(options: NonNullable<Rule['options']>): string[] {
  const lines = Object.entries(options).map(([name, { summary }]) => `- \`${name}\`: ${summary}`);
  return lines.length > 0 ? [`Options:\n\n${lines.join('\n')}`] : [];
}

/** A rule that is off by default says so. */
function levelOf({ severity, optIn }: Rule): string {
  return optIn ? `${severity}, opt-in` : severity;
}

function fenced(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
}
