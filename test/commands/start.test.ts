import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { makeRepository, root } from '../repository.ts';

/** Prints every module that is loaded, at the end. */
const listing = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  process.on('exit', () => console.error(loaded.join('\\n')));
`)}`;

async function packagesLoadedFor(text: string, wanted = 0): Promise<string[]> {
  const cwd = makeRepository({ 'a.yaml': text });
  const cli = join(root, 'scripts/cli.ts');
  const { stderr, exitCode } = await execa(
    process.execPath,
    ['--import', listing, cli, 'validate', 'a.yaml'],
    {
      cwd,
      reject: false,
    },
  );
  expect(stderr).toContain('scripts/pipeline.ts');
  expect(exitCode).toBe(wanted);
  const names = stderr.match(/(?<=node_modules\/)[^/\n]+(?=\/)/g) ?? [];
  return [...new Set(names)].sort();
}

test('a small clean file loads no library: starting is most of its time', async () => {
  const text = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n  namespace: web\n';
  expect(await packagesLoadedFor(text)).toEqual([]);
});

test('nor do brackets, and not even a finding', async () => {
  const text = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web, namespace: web }\n';
  expect(await packagesLoadedFor(text)).toEqual([]);
  expect(await packagesLoadedFor(`${text}automount: true\n`, 1)).toEqual([]);
});

test('a file beyond the YAML that most people write loads the full parser and nothing else', async () => {
  const text =
    'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: &name web, namespace: *name }\n';
  expect(await packagesLoadedFor(text)).toEqual(['yaml']);
});
