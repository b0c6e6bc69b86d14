import { readFileSync } from 'node:fs';
import type { Config, Level } from '../config/config.ts';
import type { Rule } from '../model.ts';
import { rules } from '../rules/registry.ts';
import { printable, wrap } from '../shared/text.ts';

interface Example {
  /** Path of the fixture below `test/rules`. */
  readonly name: string;
  readonly text: string;
}

/** What a rule finds, and a near miss that it does not. */
export interface Examples {
  readonly bad?: Example;
  readonly good?: Example;
}

/** Every rule by its id and by its other names. */
export function ruleNames({ customRules = [] }: Config): Readonly<Record<string, Rule>> {
  const all = [...rules, ...customRules];
  return Object.fromEntries(
    all.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])].map((name) => [name, rule])),
  );
}

/** A rule's examples out of its fixtures; none of a custom rule's. */
export function examplesOf({ id }: Rule): Examples {
  // The built package has the file in the same place beside its chunks, see `build.ts`.
  const text = readFileSync(new URL('../rules/examples.json', import.meta.url), 'utf8');
  const all: Readonly<Record<string, Examples>> = JSON.parse(text);
  return Object.hasOwn(all, id) ? (all[id] ?? {}) : {};
}

/** All there is to say of a rule. */
export function tellRule(rule: Rule & Examples & { readonly level: Level }, width: number): string {
  const { id, severity, scope, summary, why, fix, docs, level, bad, good, options = {} } = rule;
  const weight = level === severity ? severity : `${level} here, ${severity} otherwise`;
  const paragraphs = [summary, why, `Fix: ${fix}`].map((text) => wrap(text, width).join('\n'));
  return [
    `${id} (${weight}, looks at one ${scope} at a time)`,
    ...paragraphs,
    ...(Object.keys(options).length > 0 ? [tellOptions(options, width)] : []),
    ...(bad ? [`Bad:\n\n${indented(bad)}`] : []),
    ...(good ? [`Good:\n\n${indented(good)}`] : []),
    docs,
    '',
  ].join('\n\n');
}

/** What `[level, { ... }]` may say in the configuration. */
function tellOptions(options: NonNullable<Rule['options']>, width: number): string {
  const lines = Object.entries(options).flatMap(([name, { summary }]) =>
    wrap(`${name}: ${summary}`, width - 6).map((line, index) =>
      index === 0 ? `    ${line}` : `      ${line}`,
    ),
  );
  return `Options:\n\n${lines.join('\n')}`;
}

function indented({ text }: Example): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${printable(line)}`))
    .join('\n');
}
