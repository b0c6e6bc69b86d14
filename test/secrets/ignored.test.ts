import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { makeRepository } from '../repository.ts';

/** A checkout in which Git ignores `secret.env`, as people do with what must not be committed. */
function makeCheckout(files: Readonly<Record<string, string>>): string {
  const folder = makeRepository({
    'app/.gitignore': '# local only\n*.env\n!public.env\n',
    'app/kustomization.yaml': `secretGenerator:
  - name: db
    envs:
      - secret.env
configMapGenerator:
  - name: settings
    envs:
      - public.env
`,
    'app/public.env': 'LEVEL=info\n',
    ...files,
  });
  execFileSync('git', ['init', '--quiet', folder]);
  return folder;
}

async function findingsOf(root: string) {
  const { findings } = await validate({ root });
  return findings.map(({ rule, severity, message, fix, location }) => {
    return { rule, severity, message, fix, at: `${location.file}:${location.line}` };
  });
}

test('a missing file that Git ignores is told with the line that says so', async () => {
  expect(await findingsOf(makeCheckout({}))).toEqual([
    {
      rule: 'kustomization/path-exists',
      severity: 'error',
      message: 'secretGenerator names "secret.env", which does not exist',
      fix: 'Git ignores it (app/.gitignore:2), so no clone has it: commit it encrypted with SOPS, or use an ExternalSecret.',
      at: 'app/kustomization.yaml:4',
    },
  ]);
});

test('a missing file that Git does not ignore is a slip', async () => {
  const folder = makeCheckout({ 'app/.gitignore': '*.env\n!public.env\n!secret.env\n' });
  const [finding] = await findingsOf(folder);
  expect(finding?.message).toBe('secretGenerator names "secret.env", which does not exist');
  expect(finding?.fix).not.toContain('ignores');
});

test('a file that is only on this machine is a warning, and is not read', async () => {
  const folder = makeCheckout({ 'app/secret.env': 'PASSWORD=k4narie-zonnebloem\n' });
  expect(await findingsOf(folder)).toEqual([
    {
      rule: 'secrets/generators-encrypted',
      severity: 'warning',
      message: 'secretGenerator reads "secret.env", which Git ignores',
      fix: 'The engine builds from a clone, which has no such file: commit it encrypted with SOPS, or use an ExternalSecret.',
      at: 'app/kustomization.yaml:4',
    },
  ]);
});

test('a file that Git has in spite of a line is in every clone', async () => {
  const folder = makeCheckout({ 'app/secret.env': 'PASSWORD=\n' });
  execFileSync('git', ['-C', folder, 'add', '--force', 'app/secret.env']);
  expect(await findingsOf(folder)).toEqual([]);
});

test('without Git nothing is said of it', async () => {
  const folder = makeRepository({
    '.gitignore': '*.env\n',
    'kustomization.yaml': 'secretGenerator: [{name: db, envs: [secret.env]}]\n',
    'secret.env': 'PASSWORD=\n',
  });
  expect(await findingsOf(folder)).toEqual([]);
});
