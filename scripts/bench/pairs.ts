/** Two commands that ran in turn, so that the machine's mood hits both. */
export interface Pairs {
  /** Median wall time of each, in milliseconds. */
  readonly ours: number;
  readonly theirs: number;
  /** Median of ours / theirs, pair by pair. */
  readonly ratio: number;
}

/** Runs both in turn. The first round only warms the machine's own caches and is not counted. */
export async function timePairs(
  rounds: number,
  ours: () => PromiseLike<unknown>,
  theirs: () => PromiseLike<unknown>,
): Promise<Pairs> {
  const times: [number, number][] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair: [number, number] = [await time(ours), await time(theirs)];
    if (round > 0) times.push(pair);
  }
  return {
    ours: median(times.map(([one]) => one)),
    theirs: median(times.map(([, other]) => other)),
    ratio: median(times.map(([one, other]) => one / other)),
  };
}

async function time(run: () => PromiseLike<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
