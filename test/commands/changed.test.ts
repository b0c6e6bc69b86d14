import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { edit, makeRepository } from '../repository.ts';
import { run } from './run.ts';

const pod = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: web\n      image: nginx\n`;

const sync = (app: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${app}\n  namespace: flux-system\nspec:\n  interval: 1h\n  prune: true\n  path: ./overlays/${app}\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n`;

/** Two overlays of one base, a third app, and a commit of all that. */
async function committed(): Promise<string> {
  const cwd = makeRepository({
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': pod('shared'),
    'overlays/a/kustomization.yaml': 'namespace: a\nresources: [../../base]\n',
    'overlays/b/kustomization.yaml': 'namespace: b\nresources: [../../base]\n',
    'overlays/c/kustomization.yaml': 'namespace: c\nresources: [pod.yaml]\n',
    'overlays/c/pod.yaml': pod('alone'),
    'clusters/one/cluster.yaml': 'name: one\nenvironment: one\nkubernetes: "1.34"\n',
    'clusters/one/a.yaml': sync('a'),
    'clusters/two/b.yaml': sync('b'),
    'clusters/two/c.yaml': sync('c'),
  });
  await git(cwd, 'init', '--quiet', '--initial-branch', 'main');
  await commit(cwd);
  return cwd;
}

function git(cwd: string, ...args: string[]) {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  return execa('git', [...identity, '-c', 'commit.gpgsign=false', ...args], { cwd });
}

async function commit(cwd: string): Promise<void> {
  await git(cwd, 'add', '--all');
  await git(cwd, 'commit', '--quiet', '--message', 'change', '--no-verify');
}

async function checked(cwd: string, ...args: string[]): Promise<string[]> {
  const { out } = await run(cwd, 'validate', '--reporter', 'json', ...args);
  return JSON.parse(out)
    .targets.map(({ path }: { path: string }) => path)
    .filter((path: string) => path.startsWith('overlays/'));
}

test.for([
  ['an overlay', 'overlays/c/pod.yaml', ['overlays/c']],
  ['a base', 'base/pod.yaml', ['overlays/a', 'overlays/b']],
  ['a sync object', 'clusters/two/c.yaml', ['overlays/c']],
  ['a cluster', 'clusters/one/cluster.yaml', ['overlays/a']],
] as const)('%s that changed selects what it reaches', async ([, file, expected]) => {
  const cwd = await committed();
  expect(await checked(cwd, '--changed-since', 'main')).toEqual([]);
  edit(cwd, file, (text) => `${text}# changed\n`);
  expect(await checked(cwd, '--changed-since', 'main')).toEqual(expected);
  expect(await checked(cwd, '--staged')).toEqual([]);
  await git(cwd, 'add', '--all');
  expect(await checked(cwd, '--staged')).toEqual(expected);
});

test('staged files that the working tree has otherwise are named', async () => {
  const cwd = await committed();
  edit(cwd, 'overlays/c/pod.yaml', (text) => `${text}# staged\n`);
  await git(cwd, 'add', '--all');
  expect((await run(cwd, 'validate', '--staged')).error).toBe('');
  edit(cwd, 'overlays/c/pod.yaml', (text) => `${text}# later\n`);
  const { error } = await run(cwd, 'validate', '--staged');
  expect(error.replaceAll('\n', ' ')).toContain(
    '1 staged file has changes that are not staged; it is checked as in the working tree: overlays/c/pod.yaml',
  );
  expect(Math.max(...error.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test('nothing changed is nothing to tell, and a good end', async () => {
  const cwd = await committed();
  const { code, out } = await run(cwd, 'validate', '--changed-since', 'main');
  expect(out).toContain('No findings in 0 targets');
  expect(code).toBe(0);
});

test('the configuration selects everything', async () => {
  const cwd = await committed();
  writeFileSync(join(cwd, 'presync.config.mjs'), 'export default {};\n');
  expect(await checked(cwd, '--changed-since', 'main')).toHaveLength(3);
});

test('a file that is gone selects what needs it', async () => {
  const cwd = await committed();
  rmSync(join(cwd, 'base/pod.yaml'));
  const { code, out } = await run(cwd, 'validate', '--changed-since', 'main');
  expect(out).toContain('which does not exist');
  expect(out).not.toContain('overlays/c');
  expect(code).toBe(1);
});

test('a branch is compared with where it left the other', async () => {
  const cwd = await committed();
  await git(cwd, 'switch', '--quiet', '--create', 'feature');
  edit(cwd, 'overlays/c/pod.yaml', (text) => `${text}# changed\n`);
  await commit(cwd);
  await git(cwd, 'switch', '--quiet', 'main');
  edit(cwd, 'base/pod.yaml', (text) => `${text}# changed\n`);
  await commit(cwd);
  await git(cwd, 'switch', '--quiet', 'feature');
  expect(await checked(cwd, '--changed-since', 'main')).toEqual(['overlays/c']);
});

test('only findings in what changed are told', async () => {
  const cwd = await committed();
  edit(cwd, 'overlays/c/pod.yaml', (text) => `${text}# changed\n`);
  const { out } = await run(cwd, 'validate', '--changed-since', 'main', '--reporter', 'json');
  const files = JSON.parse(out).findings.map(
    ({ location }: { location: { file: string } }) => location.file,
  );
  expect(new Set(files)).toEqual(new Set(['overlays/c/pod.yaml']));
});

test.for([
  [['--changed-since', 'nowhere'], 'Git knows no "nowhere" here'],
  [['--changed-since=--output=x'], '"--output=x" is no Git reference'],
  [['--changed-since', 'main', '--staged'], 'contradict each other'],
] as const)('%j is misuse', async ([args, message]) => {
  const { code, error } = await run(await committed(), 'validate', ...args);
  expect(error).toContain(message);
  expect(code).toBe(2);
});

test('outside Git it says so', async () => {
  const cwd = makeRepository({ 'a.yaml': pod('a'), 'presync.config.mjs': 'export default {};\n' });
  const { code, error } = await run(cwd, 'validate', '--staged');
  expect(error).toContain('Git cannot say what changed');
  expect(code).toBe(2);
});
