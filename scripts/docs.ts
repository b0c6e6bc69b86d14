import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from './index.ts';
import type { Rule } from './model.ts';
import { type RuleExample, ruleDocs } from './report/rule-docs.ts';

const root = join(import.meta.dirname, '..');
const fixtures = join(root, 'test/rules');
/** An example fits on a screen together with the rule's words. */
const shown = 20;

/** The first bad fixture's file with an announced finding. */
function exampleOf({ id }: Rule): RuleExample | undefined {
  return globSync(`${id}/bad/**/*.yaml`, { cwd: fixtures })
    .sort()
    .map((name) => ({ name, text: readFileSync(join(fixtures, name), 'utf8') }))
    .find(({ text }) => text.includes('# finding:'));
}

/** The reference as it should stand in `scripts/rules/README.md`. */
export const reference: string = ruleDocs(rules, exampleOf);

/** What `scripts/rules/examples.json` should hold, for `presync explain <rule>`. */
export const examples: string = `${JSON.stringify(
  Object.fromEntries(
    rules.map(({ id }) => [id, { bad: excerptOf(id, 'bad'), good: excerptOf(id, 'good') }]),
  ),
  null,
  2,
)}\n`;

/** The part of a fixture that shows the point: what stands around the first line at fault. */
function excerptOf(id: string, kind: 'bad' | 'good'): RuleExample | undefined {
  const files = globSync(`${id}/${kind}/**/*.{yaml,yml,env,json}`, { cwd: fixtures })
    .sort()
    .map((name) => ({ name, text: readFileSync(join(fixtures, name), 'utf8') }));
  // The good twin of a file is the one that is called the same.
  const twin = exampleOf({ id } as Rule)
    ?.name.split('/')
    .at(-1);
  const chosen =
    files.find(({ name, text }) =>
      kind === 'bad' ? text.includes('# finding:') : name.split('/').at(-1) === twin,
    ) ??
    files.find(({ name }) => !name.endsWith('kustomization.yaml')) ??
    files[0];
  if (!chosen) return undefined;
  const lines = chosen.text.trimEnd().split('\n');
  const fault = Math.max(
    lines.findIndex((line) => line.includes('# finding:')),
    0,
  );
  const from = lines.length <= shown ? 0 : Math.max(0, Math.min(fault - 12, lines.length - shown));
  const part = lines.slice(from, from + shown).map((line) => line.slice(0, 160));
  const text = [
    ...(from > 0 ? ['...'] : []),
    ...part,
    ...(from + shown < lines.length ? ['...'] : []),
  ];
  return { name: chosen.name, text: text.join('\n') };
}

if (import.meta.main) writeFileSync(join(root, 'scripts/rules/examples.json'), examples);
if (import.meta.main) writeFileSync(join(root, 'scripts/rules/README.md'), reference);
