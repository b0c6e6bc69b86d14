import { existsSync, globSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../scripts/commands/main.ts';
import { makeRepository } from '../repository.ts';
import { expectNoCanary, files } from './planted.ts';
import { record } from './record.ts';

const explained: readonly (readonly string[])[] = [
  ['app', 'Pod/p'],
  ['app', 'Pod/p', 'spec.containers'],
  ['app', 'Pod/p', 'spec.containers[name=c].args'],
  ['app', 'Pod/p', 'spec.containers[name=c].env[name=DB_PASSWORD].value'],
  ['app', 'ConfigMap/m'],
  ['app', 'ConfigMap/m', 'data.SMTP_PASSWORD'],
  ['app', 'ExternalSecret/e'],
  ['app', 'Secret/s'],
  ['app', 'Secret/s', 'stringData.password'],
  ['app', 'Secret/s', 'metadata.annotations'],
  ['app', 'Secret/db'],
  ['shop', 'Pod/p'],
  ['shop', 'Pod/p', 'spec.containers[name=c].env[name=API_TOKEN].value'],
  ['shop', 'Pod/p', 'spec.containers[name=c].env[name=VARIABLE_PASSWORD].value'],
  ['shop', 'Secret/quoted'],
  ['shop', 'HelmRelease/chart'],
  ['shop', 'HelmRelease/chart', 'spec.values'],
];

test.for(explained)('explain %s tells no planted secret', async (args) => {
  const folder = makeRepository(files);
  const { told, terminal } = record(folder);
  await main(['explain', ...args, '--cwd', folder], terminal);
  await main(['explain', ...args, '--json', '--cwd', folder], terminal);
  expectNoCanary(told.join(''));
  expect(told.join('')).toMatch(/:\d+/);
});

const commands: readonly (readonly string[])[] = [
  ['explain', '--impact', 'app/pod.yaml:12'],
  ['explain', '--impact', 'shop/secret.yaml:4', '--json'],
  ['explain', 'secrets/encrypted'],
  ['explain', 'app', 'Secret/none'],
  ['capacity'],
  ['capacity', '--json'],
  ['plan'],
  ['plan', '--json'],
  ['graph'],
  ['graph', '--format', 'json'],
  ['graph', '--format', 'html'],
  ['dashboard', 'app'],
  ['policy', 'test'],
  ['rules'],
  ['init', '--baseline'],
  ['render', 'literal', 'broken'],
  ['render', 'twice', '--output-dir', 'out'],
  ['seal', 'app', '--name', 's', '--key', 'k', '--from-file', 'app/.env'],
  ['validate', 'app', '--cluster', 'absent'],
  ['validate', '--reporter', 'html=report.html', '--reporter', 'sarif=report.sarif'],
];

test.for(commands)('%s tells and writes none', async (args) => {
  const folder = makeRepository(files);
  const { told, terminal } = record(folder);
  await main([...args, '--cwd', folder], { ...terminal, cwd: folder });
  expectNoCanary(told.join(''));
  expect(told.join('')).not.toBe('');
  for (const file of filesIn(folder)) {
    if (!(file in files)) expectNoCanary(readFileSync(join(folder, file), 'latin1'));
  }
});

test('a baseline keeps none', async () => {
  const folder = makeRepository(files);
  const { told, terminal } = record(folder);
  await main(['baseline', '--cwd', folder], terminal);
  expectNoCanary(told.join(''));
  const text = readFileSync(join(folder, 'presync-baseline.json'), 'utf8');
  expectNoCanary(text);
  expect(text).toContain('secrets/encrypted');
});

test('the cache keeps none, and nothing is left in the folder for temporary files', async () => {
  const folder = makeRepository(files);
  const elsewhere = makeRepository({});
  const [cache, temporary] = [join(elsewhere, 'cache'), join(elsewhere, 'temporary')];
  mkdirSync(temporary);
  await withEnvironment({ PRESYNC_CACHE: cache, TMPDIR: temporary }, async () => {
    const { terminal } = record(folder);
    await main(['validate', '--cwd', folder], terminal);
    await main(['explain', 'shop', 'Pod/p', '--cwd', folder], terminal);
  });
  expect(filesIn(temporary)).toEqual([]);
  for (const file of existsSync(cache) ? filesIn(cache) : []) {
    // The unpacked kustomize itself is there too, and reading it proves nothing.
    const path = join(cache, file);
    if (statSync(path).size < 20_000_000) expectNoCanary(readFileSync(path, 'latin1'));
  }
});

function filesIn(folder: string): string[] {
  return globSync('**/{*,.*}', { cwd: folder }).filter((one) =>
    statSync(join(folder, one)).isFile(),
  );
}

async function withEnvironment(
  values: Readonly<Record<string, string>>,
  run: () => Promise<void>,
): Promise<void> {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  try {
    await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
