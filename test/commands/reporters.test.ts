import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { Terminal } from '../../scripts/commands/command.ts';
import { main } from '../../scripts/commands/main.ts';
import { makeRepository, root } from '../repository.ts';

function deployment(name: string, more: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  ${more}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: nginx:1.29.0 }] }
`;
}

const wrong = { 'web.yaml': deployment('web', 'replicas: many') };

async function run(files: Readonly<Record<string, string>>, ...args: string[]) {
  const folder = makeRepository(files);
  let printed = '';
  const progress: string[] = [];
  const terminal: Terminal = {
    cwd: folder,
    colour: false,
    columns: 60,
    print: (text) => {
      printed += text;
    },
    warn: (text) => {
      printed += text;
    },
    progress: (text) => progress.push(text),
    readInput: async () => '',
  };
  const paths = Object.keys(files);
  const code = await main(['validate', ...args, ...paths], terminal);
  return { code, printed, progress, folder };
}

test('the line that was written is shown', async () => {
  const { code, printed } = await run(wrong);
  expect(code).toBe(1);
  expect(printed).toContain('    5 | replicas: many\n      |           ^^^^\n');
});

test('several reporters tell the same run, to files and to the terminal', async () => {
  const { printed, folder } = await run(
    wrong,
    ...['--reporter', 'github', '--reporter', 'sarif=out.sarif', '--reporter', 'html=out.html'],
  );
  expect(printed).toMatch(/^::error file=web.yaml,line=5,col=13,endColumn=17,/);
  const log = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8'));
  expect(log.runs[0].results).toHaveLength(1);
  expect(readFileSync(join(folder, 'out.html'), 'utf8')).toContain('<mark>many</mark>');
});

test('--quiet leaves out what is no error, and says nothing when that is all', async () => {
  const noted = {
    'widget.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\n',
  };
  const loud = await run(noted, '--unknown-kinds', 'note');
  const quiet = await run(noted, '--unknown-kinds', 'note', '--quiet');
  expect(loud.printed).toContain('Widget');
  expect(quiet.printed).toBe('');
  expect(quiet.code).toBe(loud.code);
  expect((await run(wrong, '--quiet')).printed).toContain('replicas must be');
});

test('--verbose tells why', async () => {
  const { printed } = await run(wrong, '--verbose');
  expect(printed).toContain('field: /spec/replicas');
  expect(printed).toMatch(/see https:/);
  expect((await run(wrong)).printed).not.toContain('field: ');
});

test('progress names targets, and is never wider than the terminal', async () => {
  const name = `${'long-'.repeat(20)}name.yaml`;
  const { progress } = await run({ [name]: deployment('web', 'replicas: 1') });
  expect(progress.at(-1)).toBe('');
  const [first = ''] = progress;
  expect(first).toMatch(/^rendered 1 of 1 targets, long-.*…$/);
  expect(first.length).toBeLessThan(60);
});

test.for([
  [{ FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  [{ FORCE_COLOR: '0' }, false],
  [{}, false],
] as const)('colours of a pipe with %j: %s', async ([env, isColoured]) => {
  const cli = join(root, 'scripts/cli.ts');
  const { stdout } = await execa(process.execPath, [cli, 'validate', 'web.yaml'], {
    cwd: makeRepository(wrong),
    env: { ...env },
    reject: false,
  });
  expect(stdout).toContain('replicas');
  expect(stdout.includes('\u001b[')).toBe(isColoured);
});
