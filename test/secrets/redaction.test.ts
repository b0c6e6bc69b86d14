import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { main } from '../../scripts/commands/main.ts';
import { reporters } from '../../scripts/report/reporters.ts';
import { sensitive } from '../../scripts/secrets/sensitive.ts';
import { makeRepository } from '../repository.ts';
import { canaries, expectNoCanary, files } from './planted.ts';
import { record } from './record.ts';

test.for(Object.keys(reporters))('%s tells no planted secret', async (reporter) => {
  const folder = makeRepository(files);
  const { told, terminal } = record(folder);
  const policies = ['--policies', join(folder, 'policies')];
  const args = ['validate', '--cwd', folder, ...policies, '--reporter', reporter];
  await main(args, terminal);
  await main([...args, '--verbose'], { ...terminal, colour: true });
  const text = told.join('');
  expectNoCanary(text);
  expect(text).toMatch(/secrets\/|plaintext/);
});

test('every planted kind is found, so that the reports had their chance', async () => {
  const folder = makeRepository(files);
  const { told, terminal } = record(folder);
  const policies = ['--policies', join(folder, 'policies')];
  await main(['validate', '--cwd', folder, ...policies, '--reporter', 'json'], terminal);
  const rules = new Set(
    JSON.parse(told.join('').replace(/^[^{]*/, '')).findings.map(
      ({ rule }: { rule: string }) => rule,
    ),
  );
  for (const rule of [
    'yaml/well-formed',
    'secrets/encrypted',
    'secrets/generators-encrypted',
    'secrets/files-untracked',
    'render/builds',
    'policies/satisfied',
  ]) {
    expect(rules).toContain(rule);
  }
});

test('a hidden text cannot be printed in any usual way', () => {
  const hidden = sensitive(canaries.plain);
  const thrown = new Error(`about ${hidden}`, { cause: hidden });
  const tellings = [
    `${hidden}`,
    String(hidden),
    `x${hidden as unknown as string}`,
    JSON.stringify({ hidden, list: [hidden] }),
    inspect({ hidden }, { depth: 9, showHidden: true }),
    inspect(thrown),
    inspect(structuredClone(hidden)),
    Object.entries(hidden).join(''),
  ];
  expectNoCanary(tellings.join('\n'));
  expect(hidden.read((text) => text === canaries.plain)).toBe(true);
});
