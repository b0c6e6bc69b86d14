import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeRepository, root } from '../repository.ts';

const start = `${process.execPath} ${join(root, 'scripts/cli.ts')}`;

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx\n';

async function repository(): Promise<string> {
  const cwd = makeRepository({
    'a/kustomization.yaml': 'resources: [pod.yaml]\n',
    'a/pod.yaml': pod,
    'b/kustomization.yaml': 'resources: [pod.yaml]\n',
    'b/pod.yaml': pod,
  });
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  const git = (...args: string[]) => execa('git', [...identity, ...args], { cwd });
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('add', '--all');
  await git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--no-verify', '--message', 'one');
  return cwd;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly env?: Record<string, string> }[];
  };
}
const action: Action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

/** Runs the action's script with inputs as a runner would hand them over. */
async function act(inputs: Readonly<Record<string, string>>) {
  const cwd = await repository();
  const temporary = makeRepository({ summary: '', output: '' });
  const [step] = action.runs.steps;
  const all: Record<string, string> = { command: start, ...inputs };
  const env = Object.fromEntries(
    Object.entries(step?.env ?? {}).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
      return [name, all[input] ?? action.inputs[input]?.default ?? ''];
    }),
  );
  const result = await execa('bash', ['-e', '-c', step?.run ?? 'exit 9'], {
    cwd,
    reject: false,
    env: {
      ...env,
      RUNNER_TEMP: temporary,
      GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
      GITHUB_OUTPUT: join(temporary, 'output'),
    },
  });
  const read = (name: string) => readFileSync(join(temporary, name), 'utf8');
  return { ...result, cwd, temporary, read };
}

test('the action annotates, and leaves SARIF, a summary and a comment', async () => {
  const { exitCode, stdout, read, temporary } = await act({});
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^::error .*file=a\/pod\.yaml/m);
  expect(JSON.parse(read('presync.sarif')).runs[0].results).toHaveLength(2);
  expect(read('summary')).toContain('image "nginx" has no tag');
  expect(read('presync.md')).toBe(read('summary'));
  expect(read('output')).toBe(
    `sarif=${temporary}/presync.sarif\ncomment=${temporary}/presync.md\n`,
  );
});

test('a run that cannot begin leaves no report to upload', async () => {
  const { exitCode, read } = await act({ 'fail-on': 'nonsense' });
  expect(exitCode).toBe(2);
  expect(read('output')).toBe('');
});

test('the action takes paths, further reporters and what changed', async () => {
  const one = await act({ paths: 'a', reporters: 'json=report.json' });
  expect(JSON.parse(readFileSync(join(one.cwd, 'report.json'), 'utf8')).targets).toHaveLength(1);
  const none = await act({ 'changed-since': 'main' });
  expect(none.exitCode).toBe(0);
});

test('an input of the action is never a command', async () => {
  const { stdout, stderr, exitCode } = await act({ paths: '$(echo pwned) ; echo pwned2' });
  expect(stdout).not.toMatch(/^pwned/m);
  expect(stderr).toContain('$(echo');
  expect(exitCode).toBe(2);
});

test('the job for GitLab leaves what its merge requests show', async () => {
  const job = parse(readFileSync(join(root, '.github/examples/gitlab.yml'), 'utf8')).presync;
  const [, line = ''] = job.script as string[];
  const cwd = await repository();
  const script = line.replace('npx --no-install presync', start);
  const { exitCode } = await execa('bash', ['-c', script], { cwd, reject: false });
  expect(exitCode).toBe(1);
  const { codequality, junit } = job.artifacts.reports;
  expect(JSON.parse(readFileSync(join(cwd, codequality), 'utf8'))).toHaveLength(2);
  expect(readFileSync(join(cwd, junit), 'utf8')).toContain('<testsuite');
});

test('the workflow for GitHub uses inputs that the action has', () => {
  const { jobs } = parse(readFileSync(join(root, '.github/examples/github.yml'), 'utf8'));
  const { steps } = jobs.validate;
  const step = steps.find(({ uses }: { uses?: string }) => uses?.includes('/presync@'));
  const inputs = step.with;
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
});
