import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { edit, makeRepository } from '../repository.ts';
import { run } from './run.ts';

const sync = (name: string, path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ./${path}
  sourceRef:
    kind: GitRepository
    name: flux-system
`;

const deployment = (label: string, replicas = 2) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: web
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${label}
  template:
    metadata:
      labels:
        app: ${label}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0.0
`;

const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: no-scale-down
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [UPDATE]
        resources: [deployments]
  validations:
    - expression: object.spec.replicas >= oldObject.spec.replicas
      message: no workload may lose replicas
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: no-scale-down
spec:
  policyName: no-scale-down
  validationActions: [Deny]
`;

async function committed(): Promise<string> {
  const cwd = makeRepository({
    'apps/web/kustomization.yaml': 'resources: [deployment.yaml]\n',
    'apps/web/deployment.yaml': deployment('web'),
    'clusters/one/cluster.yaml': 'name: one\nenvironment: one\nkubernetes: "1.34"\nengine: flux\n',
    'clusters/one/web.yaml': sync('web', 'apps/web'),
  });
  await git(cwd, 'init', '--quiet', '--initial-branch', 'main');
  await git(cwd, 'add', '--all');
  await git(cwd, 'commit', '--quiet', '--message', 'first', '--no-verify');
  return cwd;
}

function git(cwd: string, ...args: string[]) {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  return execa('git', [...identity, '-c', 'commit.gpgsign=false', ...args], { cwd });
}

async function findings(cwd: string, ...args: string[]): Promise<string[]> {
  const { out, error } = await run(cwd, 'validate', '--reporter', 'json', ...args);
  if (!out) throw new Error(error);
  return JSON.parse(out).findings.map(
    ({ rule, message }: { rule: string; message: string }) => `${rule} ${message}`,
  );
}

const comparing = ['--only', 'sync/names-kept,sync/owners-kept,sync/immutable-kept'];

describe('--base', () => {
  test('tells what only a comparison can, and nothing without a change', async () => {
    const cwd = await committed();
    expect(await findings(cwd, ...comparing, '--base', 'main')).toEqual([]);
    edit(cwd, 'apps/web/deployment.yaml', () => deployment('website'));
    edit(cwd, 'clusters/one/web.yaml', () => sync('website', 'apps/web'));
    expect(await findings(cwd, ...comparing)).toEqual([]);
    expect(await findings(cwd, ...comparing, '--base', 'main')).toEqual([
      'sync/immutable-kept spec.selector of Deployment web/web changes, which the API server refuses',
      'sync/names-kept Kustomization flux-system/website was flux-system/web, and deleting that deletes Deployment web/web',
    ]);
  });

  test('starts from the common commit, whatever came to the other branch since', async () => {
    const cwd = await committed();
    await git(cwd, 'checkout', '--quiet', '-b', 'topic');
    await git(cwd, 'checkout', '--quiet', 'main');
    edit(cwd, 'apps/web/deployment.yaml', () => deployment('website'));
    await git(cwd, 'commit', '--quiet', '--all', '--message', 'second', '--no-verify');
    await git(cwd, 'checkout', '--quiet', 'topic');
    expect(await findings(cwd, ...comparing, '--base', 'main')).toEqual([]);
  });

  test('gives policies the object that is updated', async () => {
    const cwd = await committed();
    const policies = makeRepository({ 'policy.yaml': policy });
    edit(cwd, 'apps/web/deployment.yaml', () => deployment('web', 1));
    const options = ['--only', 'policies/satisfied', '--policies', policies];
    expect(await findings(cwd, ...options)).toEqual([]);
    const [found = '', ...more] = await findings(cwd, ...options, '--base', 'main');
    expect(found).toContain('no workload may lose replicas');
    expect(more).toEqual([]);
  });

  test('of a part only what was rendered is compared', async () => {
    const cwd = await committed();
    edit(cwd, 'apps/web/deployment.yaml', () => deployment('website'));
    edit(cwd, 'clusters/one/web.yaml', () => sync('website', 'apps/web'));
    expect(await findings(cwd, ...comparing, '--changed-since', 'main')).toEqual([
      'sync/immutable-kept spec.selector of Deployment web/web changes, which the API server refuses',
    ]);
  });

  test('runs no hook and no filter, and changes nothing in the checkout', async () => {
    const cwd = await committed();
    const mark = join(cwd, '../', `${Date.now()}-ran`);
    writeFileSync(join(cwd, '.gitattributes'), '* filter=evil\n');
    await git(cwd, 'add', '.gitattributes');
    await git(cwd, 'commit', '--quiet', '--message', 'filter', '--no-verify');
    await git(cwd, 'config', 'filter.evil.smudge', `touch ${mark}`);
    const hook = join(cwd, '.git/hooks/post-checkout');
    mkdirSync(join(cwd, '.git/hooks'), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch ${mark}\n`);
    chmodSync(hook, 0o755);
    const index = readFileSync(join(cwd, '.git/index'));
    expect(await findings(cwd, ...comparing, '--base', 'main')).toEqual([]);
    expect(existsSync(mark)).toBe(false);
    expect(readFileSync(join(cwd, '.git/index')).equals(index)).toBe(true);
  });

  test('a link out of the repository leads nowhere', async () => {
    const cwd = await committed();
    const secret = makeRepository({ 'deployment.yaml': deployment('stolen') });
    rmSync(join(cwd, 'apps/web/deployment.yaml'));
    symlinkSync(join(secret, 'deployment.yaml'), join(cwd, 'apps/web/deployment.yaml'));
    await git(cwd, 'add', '--all');
    await git(cwd, 'commit', '--quiet', '--message', 'link', '--no-verify');
    rmSync(join(cwd, 'apps/web/deployment.yaml'));
    writeFileSync(join(cwd, 'apps/web/deployment.yaml'), deployment('web'));
    expect(await findings(cwd, ...comparing, '--base', 'HEAD')).toEqual([]);
  });

  test('a commit from before there was anything is an empty one', async () => {
    const cwd = makeRepository({ 'README.md': 'nothing yet\n' });
    await git(cwd, 'init', '--quiet', '--initial-branch', 'main');
    await git(cwd, 'add', '--all');
    await git(cwd, 'commit', '--quiet', '--message', 'first', '--no-verify');
    mkdirSync(join(cwd, 'apps'));
    writeFileSync(join(cwd, 'apps/kustomization.yaml'), 'resources: [deployment.yaml]\n');
    writeFileSync(join(cwd, 'apps/deployment.yaml'), deployment('web'));
    expect(await findings(cwd, ...comparing, '--base', 'main')).toEqual([]);
  });

  test.for([
    ['nowhere', 'Git knows no "nowhere" here'],
    ['--upload-pack=x', 'is no Git reference'],
  ] as const)('%s is no base', async ([ref, message]) => {
    const cwd = await committed();
    const { code, error } = await run(cwd, 'validate', `--base=${ref}`);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});
