import { describe, expect, test } from 'vitest';
import { baselineName, readBaseline } from '../../scripts/check/baseline.ts';
import { loadConfig } from '../../scripts/config/config.ts';
import { rules, validate } from '../../scripts/index.ts';
import { readBase } from '../../scripts/render-base.ts';
import { loadFixtures } from './fixtures.ts';

const fixtures = loadFixtures();

describe.for(rules)('$id', (rule) => {
  const own = fixtures.filter((fixture) => fixture.rule === rule.id);

  test('has a bad and a good fixture', () => {
    expect(own.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['bad', 'good']));
  });

  test.for(own)('$name', async ({ root, before, paths, expected, kind }) => {
    const { findings } = await validate({
      root,
      paths,
      ...(before && { base: await readBase({ root: before }, true) }),
      // A suppression is judged by what the other rules find.
      selectRule: ({ id }) => id === rule.id || rule.id.startsWith('suppressions/'),
      ...baselineOf(root),
      ...(await referencesOf(root)),
    });
    const found = findings
      .filter((finding) => finding.rule === rule.id)
      .map(({ location, message }) => `${location.file}:${location.line}: ${message}`);
    expect(found.sort()).toEqual([...expected].sort());
    expect(expected.length > 0).toBe(kind === 'bad');
  });
});

test('every fixture belongs to a rule', () => {
  const ids = rules.map(({ id }) => id);
  expect(fixtures.filter(({ rule }) => !ids.includes(rule))).toEqual([]);
});

async function referencesOf(root: string) {
  const { references } = await loadConfig(root);
  return references ? { references } : {};
}

function baselineOf(root: string) {
  const baseline = readBaseline(root, baselineName, false);
  return baseline ? { baseline } : {};
}
