import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { makeRepository, root } from '../repository.ts';

const cli = join(root, 'scripts/cli.ts');

/** Starts the real program. */
function presync(args: readonly string[], options: { cwd?: string; input?: string } = {}) {
  const { cwd = root, input = '' } = options;
  const env = { NO_COLOR: '1' };
  return execa(process.execPath, [cli, ...args], { cwd, input, env, reject: false });
}

const broken = {
  'app/kustomization.yaml': 'resources: [pod.yaml]\n',
  'app/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx\n',
};

describe('exit codes', () => {
  test('0 when this repository is clean, with what was done', async () => {
    const { exitCode, stdout, stderr } = await presync(['validate']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^No findings in \d+ targets, \d+ manifests, \d+ checks, [\d.]+ s$/);
    expect(exitCode).toBe(0);
  });

  test('1 when there is a finding at or above --fail-on', async () => {
    const cwd = makeRepository(broken);
    const { exitCode, stdout } = await presync(['validate'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('image "nginx" has no tag');
  });

  test.for([
    [['validate', '--nope'], "Unknown option '--nope'"],
    [['validate', '--report', 'json'], 'did you mean --reporter?'],
    [['validat'], 'no command "validat"; did you mean "validate"?'],
    [['validate', '--reporter', 'jsn'], 'no reporter "jsn"; did you mean "json"?'],
    [['validate', '--only', 'image'], 'no rule or group "image"; did you mean "images"?'],
    [['validate', '--cluster', 'prd'], 'no cluster prd; did you mean prod?'],
    [['validate', '--concurrency', '0'], '--concurrency takes a whole number above zero'],
    [['validate', '--allow', 'all'], '--allow takes network, helm, exec; not "all"'],
    [['validate', '--kubernetes-version', 'new'], '"new" is no Kubernetes version'],
    [['validate', 'overlays/prod/ai-asistant'], 'did you mean overlays/prod/ai-assistant?'],
    [['validate', '/etc'], 'outside'],
    [['validate', '--cwd', 'nowhere'], 'there is no folder nowhere'],
    [['validate', '--config', 'nowhere.ts'], 'there is no configuration'],
    [['explain', 'images/pined-tag'], 'did you mean "images/pinned-tag"?'],
  ] as const)('2 for %j', async ([args, message]) => {
    const { exitCode, stdout, stderr } = await presync(args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  test('2 where there is nothing to check', async () => {
    const { exitCode, stderr } = await presync(['validate'], { cwd: makeRepository({}) });
    expect(stderr).toContain('nothing to check');
    expect(exitCode).toBe(2);
  });
});

describe('validate', () => {
  test('reads standard input', async () => {
    const { exitCode, stdout } = await presync(['validate', '-', '--reporter', 'json'], {
      input:
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  port: 1\n  ports:\n    - port: 80\n',
    });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      {
        message: 'unknown field "port"',
        location: { file: 'stdin', line: 6 },
        path: '/spec/port',
        certainty: 'exact',
      },
    ]);
  });

  test('writes reports to files, several at once', async () => {
    const cwd = makeRepository(broken);
    const args = ['validate', '--reporter', 'json=report.json', '--reporter', 'pretty'];
    const { stdout } = await presync(args, { cwd });
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'));
    expect(report).toMatchObject({
      version: 1,
      summary: { targets: 1, manifests: 1, errors: 1 },
      findings: [{ rule: 'images/pinned-tag', targets: ['app'], fingerprint: expect.any(String) }],
    });
    expect(stdout).toContain('app/pod.yaml');
  });

  test('checks one application with the CRDs of the whole repository', async () => {
    const { exitCode, stdout } = await presync(['validate', 'overlays/prod/suoke-life']);
    expect(stdout).not.toContain('Not checked');
    expect(exitCode).toBe(0);
  });

  test.for([
    ['clusters/prod'],
    ['--cluster', 'prod'],
    ['overlays/dev/platform', 'overlays/staging/pdf-processor'],
    ['overlays/prod/platform/controllers/flux'],
  ])('finds nothing in a part of %s that all of it has not', async (args) => {
    const { stdout } = await presync(['validate', ...args]);
    expect(stdout).toMatch(/^No findings in \d+ targets?/);
  });

  test('names kinds without a schema once', async () => {
    const cwd = makeRepository({
      'app/kustomization.yaml': 'resources: [a.yaml]\n',
      'app/a.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: a\n',
    });
    const { exitCode, stdout } = await presync(['validate'], { cwd });
    expect(stdout).toContain('Not checked, for want of a schema: example.com/v1/Widget');
    expect(exitCode).toBe(0);
  });

  test('keeps to 80 columns', async () => {
    const { stdout } = await presync(['validate'], { cwd: makeRepository(broken) });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('does not let a file name or value command the terminal', async () => {
    const cwd = makeRepository({
      'app/kustomization.yaml': 'resources: [pod.yaml]\n',
      'app/pod.yaml': `${broken['app/pod.yaml'].replace('nginx', '"\\e[31mred\\e[0m"')}`,
    });
    const { stdout } = await presync(['validate'], { cwd });
    expect(stdout).toContain('red');
    expect(stdout).not.toContain('\u001b');
  });
});

describe('render', () => {
  test('prints what kustomize writes, byte by byte', async () => {
    const { build, findKustomize } = await import('../../scripts/kustomize.ts');
    const kustomize = await findKustomize();
    for (const environment of ['dev', 'staging', 'prod']) {
      const path = `overlays/${environment}/ai-assistant`;
      const { stdout, exitCode } = await execa(process.execPath, [cli, 'render', path], {
        cwd: root,
        stripFinalNewline: false,
      });
      const direct = await execa(kustomize.command, [kustomize.subcommand, path], {
        cwd: root,
        stripFinalNewline: false,
      });
      expect(exitCode).toBe(0);
      expect(stdout).toBe(direct.stdout);
      expect(stdout).toBe(await build(kustomize, join(root, path)));
    }
  });

  test('writes one file a resource', async () => {
    const cwd = makeRepository(broken);
    const { exitCode, stdout } = await presync(['render', '--output-dir', 'out'], { cwd });
    expect(stdout).toBe('');
    expect(exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'out/app/pod-web.yaml'), 'utf8')).toContain('image: nginx');
  });

  test('tells on standard error what it cannot render, and renders the rest', async () => {
    const cwd = makeRepository({ ...broken, 'b/kustomization.yaml': 'resources: [none.yaml]\n' });
    const { exitCode, stdout, stderr } = await presync(['render'], { cwd });
    expect(stdout).toContain('kind: Pod');
    expect(stderr).toContain('b/kustomization.yaml:1:13: resources names "none.yaml"');
    expect(exitCode).toBe(1);
  });
});

describe('help', () => {
  test.for(['validate', 'render', 'explain', 'rules'])('of %s fits one screen', async (command) => {
    const { stdout, exitCode } = await presync([command, '--help']);
    expect(stdout).toContain(`presync ${command}`);
    expect(stdout).toContain('$ presync');
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(exitCode).toBe(0);
  });

  test('lists the commands, and the rules', async () => {
    const { stdout } = await presync([]);
    for (const name of ['validate', 'render', 'explain', 'rules']) expect(stdout).toContain(name);
    const rules = await presync(['rules', '--reporter', 'json']);
    expect(JSON.parse(rules.stdout).rules).toContainEqual(
      expect.objectContaining({ id: 'images/pinned-tag', scope: 'manifest', severity: 'error' }),
    );
    const explained = await presync(['explain', 'images/pinned-tag']);
    expect(explained.stdout).toContain('Fix: ');
  });
});
