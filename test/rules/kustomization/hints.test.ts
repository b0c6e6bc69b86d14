import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../../../scripts/index.ts';

/** What is advised for each line at fault of a fixture, with its severity. */
async function hintsFor(rule: string, fixture: string): Promise<string[]> {
  const root = join(import.meta.dirname, rule, 'bad', fixture);
  const id = `kustomization/${rule}`;
  const { findings } = await validate({ root, selectRule: (one) => one.id === id });
  return findings.map(({ severity, location, fix }) => {
    return `${location.file.split('/')[0]}:${location.line} ${severity} ${fix}`;
  });
}

test('an image is near by a slip, by its last part and without its tag', async () => {
  expect(await hintsFor('used-images', 'near-and-far')).toEqual([
    'option:7 error Did you mean "your-registry/proxy"?',
    'overlay:8 error Did you mean "your-registry/ai-api"?',
    'overlay:10 warning Correct the name, which is all of the one in the base up to its tag, or remove the entry.',
    'overlay:13 error Did you mean "your-registry/proxy"?',
    'overlay:15 warning Did you mean "your-registry/proxy"?',
    'overlay:18 warning Correct the name, which is all of the one in the base up to its tag, or remove the entry.',
    'overlay:20 warning Did you mean "your-registry/ai-api"?',
  ]);
  expect(await hintsFor('used-images', 'last-segment')).toEqual([
    'overlay:9 warning Did you mean "your-registry/ai-api"?',
    'overlay:12 warning Did you mean "your-registry/ai-api"?',
    'overlay:14 error Did you mean "busybox"?',
    `overlay:17 warning Kustomize sees no tag, and so no name, in "your-registry/worker:\${tag}".`,
    'overlay:20 error Did you mean "your-registry/pinned"?',
  ]);
});

test('a patch that comes too early is told so', async () => {
  expect(await hintsFor('used-patches', 'too-early')).toEqual([
    'overlay:16 error Did you mean "shop-ai-api"? Patches come before the prefix and suffix of their kustomization.',
    'overlay:23 warning Leave the namespace out: patches come before that of their kustomization.',
    'overlay:30 warning Select by another label: patches come before those of their kustomization.',
    'overlay:37 warning Did you mean "tier=web"?',
    'overlay:44 warning Select by another annotation: patches come before those of their kustomization.',
    'overlay:51 warning Did you mean "shop"?',
    'top:9 error Did you mean "dev-shop-ai-api"?',
  ]);
});

test('a name that another patch is for is a hint, and no error', async () => {
  expect(await hintsFor('used-patches', 'near-another')).toEqual([
    'overlay:16 warning Did you mean "ai-api"?',
  ]);
});
