import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderTexts } from '../../scripts/pipeline.ts';
import { root } from '../repository.ts';

const overlays = (await renderTexts({ root, paths: ['overlays'] })).filter(
  ({ target }) => target.kind === 'kustomization',
);

/** What a reviewer reads to see what a change of a base does; `npm run test:update` writes it. */
test.for(overlays)('$target.path renders what is committed', async ({ target, text, failures }) => {
  expect(failures).toEqual([]);
  await expect(text).toMatchFileSnapshot(`../golden/${target.path}.yaml`);
});

test('every golden file is the render of an overlay', () => {
  const paths = overlays.map(({ target }) => `${target.path}.yaml`);
  const committed = globSync('overlays/**/*.yaml', { cwd: join(root, 'test/golden') });
  expect(committed.filter((path) => !paths.includes(path))).toEqual([]);
});
