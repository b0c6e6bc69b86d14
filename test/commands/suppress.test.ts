import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../scripts/index.ts';
import { edit, makeRepository } from '../repository.ts';
import { run } from './run.ts';

const pod = (images: readonly string[]) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n${images
    .map((image, index) => `    - name: c${index}\n      image: ${image}\n`)
    .join('')}`;

const repository = (...images: string[]) =>
  makeRepository({
    'app/kustomization.yaml': 'resources: [pod.yaml]\n',
    'app/pod.yaml': pod(images),
  });

async function report(cwd: string, ...args: string[]): Promise<Report> {
  return JSON.parse((await run(cwd, 'validate', '--reporter', 'json', ...args)).out);
}

describe('a comment', () => {
  test('suppresses: told, counted and no failure', async () => {
    const cwd = repository('nginx # presync-ignore images/pinned-tag: a demo', 'redis:8.2.1');
    const { code, out } = await run(cwd, 'validate');
    expect(out).toContain('No findings, 1 suppressed');
    expect(code).toBe(0);
    const { summary, findings } = await report(cwd);
    expect(summary).toMatchObject({ errors: 0, suppressed: 1 });
    expect(findings).toMatchObject([
      { rule: 'images/pinned-tag', suppression: { kind: 'inSource', justification: 'a demo' } },
    ]);
  });

  test('is about its own line only', async () => {
    const cwd = repository('nginx # presync-ignore images/pinned-tag: a demo', 'redis');
    const { summary } = await report(cwd);
    expect(summary).toMatchObject({ errors: 1, suppressed: 1 });
    expect((await run(cwd, 'validate')).code).toBe(1);
  });

  test('stands in a base for every overlay', async () => {
    const files = (name: string) => ({
      [`overlays/${name}/kustomization.yaml`]: `nameSuffix: -${name}\nresources: [../../base]\n`,
    });
    const cwd = makeRepository({
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': pod(['nginx # presync-ignore images/pinned-tag: a demo']),
      ...files('dev'),
      ...files('prod'),
    });
    expect((await run(cwd, 'validate')).code).toBe(0);
  });

  test('is not called unused where only a part was checked, or its rule was not applied', async () => {
    const cwd = repository('nginx:1.29.1 # presync-ignore images/pinned-tag: a demo');
    const rulesOf = async (...args: string[]) =>
      (await report(cwd, ...args)).findings.map(({ rule }) => rule);
    expect(await rulesOf()).toEqual(['suppressions/used']);
    expect(await rulesOf('app')).toEqual([]);
    expect(await rulesOf('--except', 'images')).toEqual([]);
  });

  test('suppresses a secret without showing it', async () => {
    const cwd = makeRepository({
      'app/kustomization.yaml': 'resources: [secret.yaml]\n',
      'app/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  # presync-ignore secrets/encrypted: the throw-away database of the tests\n  password: kV8qTz31mWx\n',
    });
    const { findings, summary } = await report(cwd, '--only', 'secrets');
    expect(summary).toMatchObject({ errors: 0, suppressed: 1 });
    expect(findings).toMatchObject([{ rule: 'secrets/encrypted', severity: 'error' }]);
    expect(JSON.stringify(findings)).not.toContain('kV8qTz31mWx');
  });
});

describe('a baseline', () => {
  const entries = (cwd: string): { rule: string; message: string }[] =>
    JSON.parse(readFileSync(join(cwd, 'presync-baseline.json'), 'utf8')).findings;

  test('lets old findings be, wherever their lines move, and no new ones', async () => {
    const cwd = repository('nginx', 'redis');
    expect((await run(cwd, 'baseline')).out).toBe('presync-baseline.json: 2 findings\n');
    expect(entries(cwd)).toMatchObject([{ rule: 'images/pinned-tag' }, { file: 'app/pod.yaml' }]);
    edit(cwd, 'app/pod.yaml', (text) => `# One.\n# Two.\n${text}`);
    expect((await run(cwd, 'validate')).code).toBe(0);
    expect((await report(cwd)).findings[0]?.suppression).toEqual({
      kind: 'external',
      justification: 'listed in presync-baseline.json',
    });
    edit(cwd, 'app/pod.yaml', (text) => `${text}    - name: c2\n      image: envoy\n`);
    expect((await run(cwd, 'validate')).code).toBe(1);
    expect((await run(cwd, 'validate', '--no-baseline')).out).toContain('3 errors');
  });

  test('only shrinks', async () => {
    const cwd = repository('nginx', 'redis');
    await run(cwd, 'baseline');
    edit(cwd, 'app/pod.yaml', (text) => text.replace('image: redis', 'image: redis:8.2.1'));
    const { code, out } = await run(cwd, 'validate');
    expect(out).toContain('1 finding of the baseline is gone');
    expect(code).toBe(0);
    edit(cwd, 'app/pod.yaml', (text) => `${text}    - name: c2\n      image: envoy\n`);
    const refused = await run(cwd, 'baseline');
    expect(refused.error).toContain('app/pod.yaml: image "envoy" has no tag (images/pinned-tag)');
    expect(refused.error).toContain('1 new finding');
    expect(refused.code).toBe(1);
    expect(entries(cwd).map(({ message }) => message)).toEqual(['image "nginx" has no tag']);
    expect((await run(cwd, 'baseline', '--allow-growth')).code).toBe(0);
    expect(entries(cwd)).toHaveLength(2);
  });

  test('is gone when nothing is left of it', async () => {
    const cwd = repository('nginx');
    await run(cwd, 'baseline');
    edit(cwd, 'app/pod.yaml', (text) => text.replace('nginx', 'nginx:1.29.1'));
    expect((await run(cwd, 'baseline')).out).toContain('empty now, and removed');
    expect((await run(cwd, 'validate')).out).toContain('No findings in');
  });

  test('keeps what a broken build hides', async () => {
    const cwd = repository('nginx');
    await run(cwd, 'baseline');
    edit(cwd, 'app/kustomization.yaml', () => 'resources: [pod.yaml, missing.yaml]\n');
    await run(cwd, 'baseline');
    expect(entries(cwd)).toMatchObject([{ message: 'image "nginx" has no tag' }]);
  });

  test.for([
    ['no JSON', '{', 'presync-baseline.json is no JSON'],
    ['another version', '{ "version": 2 }', 'is no baseline of version 1'],
    ['half an entry', '{ "version": 1, "findings": [{}] }', 'finding 1 is incomplete'],
  ] as const)('with %s is misuse', async ([, text, message]) => {
    const cwd = repository('nginx');
    await run(cwd, 'baseline');
    edit(cwd, 'presync-baseline.json', () => text);
    const { code, error } = await run(cwd, 'validate');
    expect(error).toContain(message);
    expect(code).toBe(2);
    rmSync(join(cwd, 'presync-baseline.json'));
    expect((await run(cwd, 'validate', '--baseline', 'x.json')).error).toContain(
      'there is no baseline x.json',
    );
  });
});
