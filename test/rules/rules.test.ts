import { describe, expect, test } from 'vitest';
import { rules, validate } from '../../scripts/index.ts';
import { loadFixtures } from './fixtures.ts';

const fixtures = loadFixtures();

describe.for(rules)('$id', (rule) => {
  const own = fixtures.filter((fixture) => fixture.rule === rule.id);

  test('has a bad and a good fixture', () => {
    expect(own.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['bad', 'good']));
  });

  test.for(own)('$name', async ({ root, paths, expected, kind }) => {
    const { findings } = await validate({ root, paths, selectRule: ({ id }) => id === rule.id });
    const found = findings.map(
      ({ location, message }) => `${location.file}:${location.line}: ${message}`,
    );
    expect(found.sort()).toEqual([...expected].sort());
    expect(expected.length > 0).toBe(kind === 'bad');
  });
});

test('every fixture belongs to a rule', () => {
  const ids = rules.map(({ id }) => id);
  expect(fixtures.filter(({ rule }) => !ids.includes(rule))).toEqual([]);
});
