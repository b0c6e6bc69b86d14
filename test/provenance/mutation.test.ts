import { expect, test } from 'vitest';
import { copyRepository, makeRepository } from '../repository.ts';
import { generatedRepositories } from './generated.ts';
import { tryClaims } from './mutation.ts';
import { trace } from './traced.ts';

// A claim is right when changing only the claimed value changes exactly the claimed fields.
// `npm run test:peers` tries 500 of them.

test.for(generatedRepositories)('claims about generated $name', async ({ make }) => {
  const { wrong, tried } = await tryClaims(await trace(makeRepository(make(2))), 8);
  expect(wrong).toEqual([]);
  expect(Object.values(tried).reduce((sum, one) => sum + one, 0)).toBe(8);
});

test('claims about this repository', { timeout: 120_000 }, async () => {
  const { wrong, tried } = await tryClaims(await trace(copyRepository(), 'overlays/'), 24);
  expect(wrong).toEqual([]);
  expect(Object.keys(tried).sort()).toEqual(
    expect.arrayContaining(['configMapGenerator', 'data', 'images', 'labels', 'resource']),
  );
});
