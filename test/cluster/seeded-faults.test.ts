import { beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../scripts/config/config.ts';
import { type Finding, validate } from '../../scripts/index.ts';
import { copyRepository, edit, root as repository } from '../repository.ts';
import { faults } from './faults.ts';
import { moreFaults } from './more-faults.ts';

/** Each in a copy of its own, in which no two of them meet. */
const copies = [
  { what: 'references and selectors', planted: faults },
  { what: 'network, workloads, scaling and capacity', planted: moreFaults },
];

test('there are thirty and more, each for another rule', () => {
  const rules = copies.flatMap(({ planted }) => planted.map(({ rule }) => rule));
  expect(new Set(rules).size).toBe(rules.length);
  expect(rules.length).toBeGreaterThanOrEqual(30);
});

describe.for(copies)('faults of $what in a copy of this repository', ({ planted }) => {
  let root: string;
  let findings: readonly Finding[];

  beforeAll(async () => {
    root = copyRepository();
    for (const { file, from, to } of planted) edit(root, file, (text) => text.replace(from, to));
    const { references = [] } = await loadConfig(repository);
    const selectRule = ({ optIn }: { optIn?: true }) => !optIn;
    const report = await validate({ root, references, selectRule });
    findings = report.findings;
  }, 60_000);

  test.for(planted)('$rule', ({ file, at = file, rule, message, clusters }) => {
    const found = findings.filter((one) => one.rule === rule);
    expect(found.map((one) => one.message)).toEqual([message]);
    expect(found.map(({ location }) => location.file)).toEqual([at]);
    const everywhere = ['dev', 'prod', 'staging'];
    expect(found.map((one) => one.clusters)).toEqual([clusters ?? everywhere]);
  });

  test('nothing else is found', () => {
    const rules = new Set(planted.map(({ rule }) => rule));
    expect(findings.filter(({ rule }) => !rules.has(rule))).toEqual([]);
  });
});

test('nothing is missing where only a part is looked at', async () => {
  const root = copyRepository();
  for (const { file, from, to } of faults) edit(root, file, (text) => text.replace(from, to));
  const paths = ['overlays/prod/suoke-life'];
  const selectRule = ({ id }: { id: string }) => id.startsWith('references/');
  const { summary, findings } = await validate({ root, paths, selectRule });
  expect(summary.targets).toBe(1);
  expect(findings.filter(({ message }) => message.includes('which nothing makes'))).toEqual([]);
});
