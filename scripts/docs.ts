import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from './index.ts';
import type { Rule } from './model.ts';
import { type RuleExample, ruleDocs } from './report/rule-docs.ts';

const root = join(import.meta.dirname, '..');
const fixtures = join(root, 'test/rules');

/** The first bad fixture's file with an announced finding. */
function exampleOf({ id }: Rule): RuleExample | undefined {
  return globSync(`${id}/bad/**/*.yaml`, { cwd: fixtures })
    .sort()
    .map((name) => ({ name, text: readFileSync(join(fixtures, name), 'utf8') }))
    .find(({ text }) => text.includes('# finding:'));
}

/** The reference as it should stand in `scripts/rules/README.md`. */
export const reference: string = ruleDocs(rules, exampleOf);

if (import.meta.main) writeFileSync(join(root, 'scripts/rules/README.md'), reference);
