import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository } from '../repository.ts';
import { appOfApps } from './adopted/app-of-apps.ts';
import { namespaces } from './adopted/namespaces.ts';
import { stages } from './adopted/stages.ts';
import { run } from './run.ts';

const shapes: readonly [string, Readonly<Record<string, string>>, readonly string[], string[]][] = [
  [
    'apps, infrastructure and clusters',
    stages,
    ['9 of them synced by Flux', '2 clusters: production, staging'],
    ['apps/production', 'apps/staging', 'infrastructure/configs'],
  ],
  [
    'one folder a namespace with ks.yaml',
    namespaces,
    ['synced by Flux', 'secrets: SOPS'],
    ['kubernetes/apps'],
  ],
  [
    'an app of apps',
    appOfApps,
    ['synced by Argo CD', 'secrets: External Secrets'],
    ['apps', 'manifests/web/overlays/prod', 'manifests/worker'],
  ],
];

describe.for(shapes)('%s', ([, files, told, targets]) => {
  test('is adopted without an edit', async () => {
    const cwd = makeRepository(files);
    const { code, out, error } = await run(cwd, 'init');
    expect(error).toBe('');
    expect(code).toBe(0);
    for (const text of told) expect(out).toContain(text);
    expect(readdirSync(cwd)).toContain('presync.config.mjs');
    const validated = await run(cwd, 'validate', '--reporter', 'json');
    const report = JSON.parse(validated.out);
    expect(report.findings.filter((one: { severity: string }) => one.severity !== 'note')).toEqual(
      [],
    );
    expect(validated.code).toBe(0);
    expect(report.targets.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(targets),
    );
    expect(report.targets.every(({ rendered }: { rendered: boolean }) => rendered)).toBe(true);
  });

  test('has its mistakes found after that', async () => {
    const cwd = makeRepository(
      Object.fromEntries(
        Object.entries(files).map(([path, text]) => [
          path,
          text.replace('spec:', 'spec:\n  nope: 1'),
        ]),
      ),
    );
    await run(cwd, 'init');
    // What a bundled schema of a CRD does not know is a warning: it may lag behind.
    const { code, out } = await run(cwd, 'validate', '--fail-on', 'warning');
    expect(out).toContain('unknown field "nope"');
    expect(code).toBe(1);
  });
});

const messy = {
  'app/kustomization.yaml': 'resources: [pod.yaml]\n',
  'app/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx\n',
};

test('tells what a first run says and offers a baseline', async () => {
  const cwd = makeRepository(messy);
  const { out } = await run(cwd, 'init');
  expect(out).toContain('1 error, 0 warnings and 0 notes in 1 target');
  expect(out).toContain('1 images/pinned-tag: Every image has a tag that stays put');
  expect(out).toContain('npx presync baseline');
  expect((await run(cwd, 'validate')).code).toBe(1);
});

test('--baseline records it, and what is new still fails', async () => {
  const cwd = makeRepository(messy);
  expect((await run(cwd, 'init', '--baseline')).out).toContain('presync-baseline.json (1 finding)');
  expect((await run(cwd, 'validate')).code).toBe(0);
  const again = await run(cwd, 'init', '--baseline');
  expect(again.error).toContain('presync-baseline.json is there');
  expect(again.code).toBe(2);
});

test('--dry-run writes nothing', async () => {
  const cwd = makeRepository({ ...messy, '.husky/pre-commit': 'npm test\n' });
  const { out } = await run(cwd, 'init', '--dry-run', '--baseline');
  expect(out).toContain('Would write\n  presync.config.mjs');
  expect(existsSync(join(cwd, 'presync.config.mjs'))).toBe(false);
  expect(existsSync(join(cwd, 'presync-baseline.json'))).toBe(false);
  expect(readFileSync(join(cwd, '.husky/pre-commit'), 'utf8')).toBe('npm test\n');
});

test('a configuration that is there stays, but for --force', async () => {
  const mine = 'export default { ignore: ["legacy"] };\n';
  const cwd = makeRepository({ ...messy, 'presync.config.mjs': mine });
  expect((await run(cwd, 'init')).out).toContain('presync.config.mjs is there and stays');
  expect(readFileSync(join(cwd, 'presync.config.mjs'), 'utf8')).toBe(mine);
  await run(cwd, 'init', '--force');
  expect(readFileSync(join(cwd, 'presync.config.mjs'), 'utf8')).not.toBe(mine);
});

test('the configuration is TypeScript where TypeScript is, and leaves fixtures out', async () => {
  const broken = { 'charts/tests/a/kustomization.yaml': 'resources: [missing.yaml]\n' };
  const cwd = makeRepository({ ...messy, ...broken, 'tsconfig.json': '{}\n' });
  await run(cwd, 'init');
  const text = readFileSync(join(cwd, 'presync.config.ts'), 'utf8');
  expect(text).toContain('ignore: ["charts/tests"]');
  expect((await run(cwd, 'validate')).out).not.toContain('missing.yaml');
});

test.for([
  ['.husky/pre-commit', 'npm test', 'npm test\nnpx --no-install presync validate --staged\n'],
  [
    'lefthook.yml',
    '# ours\npre-commit:\n  commands:\n    lint:\n      run: npm run lint\n',
    '# ours\npre-commit:\n  commands:\n    lint:\n      run: npm run lint\n    presync:\n      glob: "*.{yaml,yml,json}"\n      run: npx --no-install presync validate --staged\n',
  ],
  [
    '.pre-commit-config.yaml',
    '# ours\nrepos:\n  - repo: local\n    hooks: []\n',
    '# ours\nrepos:\n  - repo: local\n    hooks: []\n  - repo: local\n    hooks:\n      - id: presync\n        name: presync validate\n        entry: npx --no-install presync validate --staged\n        language: system\n        types_or:\n          - yaml\n          - json\n        pass_filenames: false\n',
  ],
] as const)('adds itself to %s once', async ([path, before, after]) => {
  const cwd = makeRepository({ ...messy, [path]: before });
  expect((await run(cwd, 'init')).out).toContain(`${path} (presync added)`);
  expect(readFileSync(join(cwd, path), 'utf8')).toBe(after);
  await run(cwd, 'init');
  expect(readFileSync(join(cwd, path), 'utf8')).toBe(after);
});

test('a hook file that is no YAML stays as it is', async () => {
  const cwd = makeRepository({ ...messy, 'lefthook.yml': 'pre-commit: [\n' });
  expect((await run(cwd, 'init')).code).toBe(0);
  expect(readFileSync(join(cwd, 'lefthook.yml'), 'utf8')).toBe('pre-commit: [\n');
});
