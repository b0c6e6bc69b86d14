import { beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../scripts/config/config.ts';
import { type Finding, validate } from '../../scripts/index.ts';
import { copyRepository, edit, root as repository } from '../repository.ts';
import { faults } from './faults.ts';

describe('faults in a copy of this repository', () => {
  let root: string;
  let findings: readonly Finding[];

  beforeAll(async () => {
    root = copyRepository();
    for (const { file, from, to } of faults) edit(root, file, (text) => text.replace(from, to));
    const { references = [] } = await loadConfig(repository);
    const report = await validate({
      root,
      references,
      selectRule: ({ id }) => id.startsWith('references/') || id.startsWith('selectors/'),
    });
    findings = report.findings;
  }, 60_000);

  test.for(faults)('$rule', ({ file, at = file, rule, message }) => {
    const found = findings.filter((one) => one.rule === rule);
    expect(found.map((one) => one.message)).toEqual([message]);
    expect(found.map(({ location }) => location.file)).toEqual([at]);
    expect(found.map(({ clusters }) => clusters)).toEqual([['dev', 'prod', 'staging']]);
  });

  test('nothing else is found', () => {
    const rules = new Set(faults.map(({ rule }) => rule));
    expect(findings.filter(({ rule }) => !rules.has(rule))).toEqual([]);
  });

  test('nothing is missing where only a part is looked at', async () => {
    const paths = ['overlays/prod/suoke-life'];
    const selectRule = ({ id }: { id: string }) => id.startsWith('references/');
    const { summary, findings: some } = await validate({ root, paths, selectRule });
    expect(summary.targets).toBe(1);
    expect(some.filter(({ message }) => message.includes('which nothing makes'))).toEqual([]);
  });
});
