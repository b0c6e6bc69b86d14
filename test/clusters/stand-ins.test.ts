import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { copyRepository, edit } from '../repository.ts';

const standIn = 'https://git.example.com/platform/gitops-config.git';

/** What is told of stand-ins once one of the engines of a cluster reads from a real repository. */
async function notesAfter(wiring: string) {
  const root = copyRepository();
  for (const file of globSync(wiring, { cwd: join(root, 'clusters') })) {
    edit(root, `clusters/${file}`, (text) =>
      text.replaceAll(standIn, 'https://github.com/acme/gitops-config.git'),
    );
  }
  const selectRule = ({ id }: { id: string }) => id === 'clusters/stand-ins-replaced';
  const { findings } = await validate({ root, selectRule });
  return findings;
}

test('a template is told of no stand-in', async () => {
  expect(await notesAfter('none/*.yaml')).toEqual([]);
});

test('who replaced the Git URL of every cluster is told all that is left', async () => {
  const notes = await notesAfter('*/argocd/{apps,platform}/*.yaml');
  expect(notes.every(({ severity }) => severity === 'note')).toBe(true);
  const told = notes.map(({ message }) => message).sort();
  expect(told).toEqual([
    expect.stringContaining('"111122223333", "444455556666" and "777788889999"'),
    expect.stringContaining('your-domain.com"'),
    // The URLs of the bootstrap Applications and of the GitRepositories are left.
    expect.stringMatching(/"registry\.example\.com".* still stand in \d+ files$/),
  ]);
});

test('a cluster is told of what it syncs, and not of the others', async () => {
  const notes = await notesAfter('dev/flux/sources.yaml');
  const told = notes.map(({ message }) => message).join('\n');
  expect(told).toContain('"111122223333"');
  expect(told).not.toContain('"777788889999"');
  expect(told).not.toContain('grading.staging.example.com');
});
