import { expect, test } from 'vitest';
import { generatedRepositories } from '../provenance/generated.ts';
import { tryClaims } from '../provenance/mutation.ts';
import { type Share, sharesOf, tellShares } from '../provenance/shares.ts';
import { trace } from '../provenance/traced.ts';
import { copyRepository, makeRepository } from '../repository.ts';

test('500 claims, and none of them wrong', { timeout: 600_000 }, async () => {
  const tried: Record<string, number> = {};
  const wrong: string[] = [];
  const shares: Record<string, Share>[] = [];
  const tryIn = async (root: string, below: string, count: number) => {
    const traced = await trace(root, below);
    shares.push(sharesOf(traced));
    const result = await tryClaims(traced, count);
    wrong.push(...result.wrong);
    for (const [kind, number] of Object.entries(result.tried)) {
      tried[kind] = (tried[kind] ?? 0) + number;
    }
  };
  for (const { make } of generatedRepositories) await tryIn(makeRepository(make(5)), '', 45);
  await tryIn(copyRepository(), 'overlays/', 260);
  console.log(tried, `\nexact by source:\n${tellShares(shares)}`);
  expect(wrong).toEqual([]);
  expect(Object.values(tried).reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(500);
});
