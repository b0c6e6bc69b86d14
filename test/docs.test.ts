import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { examples, reference } from '../scripts/docs.ts';

test('the rule reference is what `npm run docs` writes', () => {
  const written = readFileSync(new URL('../scripts/rules/README.md', import.meta.url), 'utf8');
  expect(written).toBe(reference);
});

test('the examples that `explain` shows are what `npm run docs` writes', () => {
  const written = readFileSync(new URL('../scripts/rules/examples.json', import.meta.url), 'utf8');
  expect(written).toBe(examples);
});
