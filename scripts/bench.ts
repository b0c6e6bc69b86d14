import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { $ } from 'zx';
import { findKustomize, type Kustomize } from './kustomize.ts';

/**
 * Times `presync validate` against the shell loop that it replaces, over the same
 * targets, in turn and in one run: the machine's mood hits both. Prints the ratio.
 *
 * A cold run has no cache but the unpacked kustomize.
 */
const rounds = Number(process.argv[2] ?? 7);
const root = join(import.meta.dirname, '..');
const kustomize = await findKustomize();
const $$ = $({ cwd: root, quiet: true });

const report = JSON.parse(
  (await $$({ nothrow: true })`node scripts/cli.ts validate --reporter json`).stdout,
);
const folders: string[] = report.targets
  .filter((target: { rendered: boolean; path: string }) => target.path.startsWith('overlays/'))
  .map((target: { path: string }) => target.path);

const loop = loopScript(kustomize, folders);
const presync: number[] = [];
const shell: number[] = [];
for (let round = 0; round <= rounds; round++) {
  const ours = await time(() => $$({ nothrow: true })`node scripts/cli.ts validate`);
  const theirs = await time(() => $$`sh -c ${loop}`);
  // The first round only warms the machine's own caches.
  if (round === 0) continue;
  presync.push(ours);
  shell.push(theirs);
}
const ratios = presync.map((ours, index) => ours / (shell[index] as number));

console.log(`${folders.length} overlays, ${report.summary.manifests} manifests in all, ${rounds} rounds
  presync validate (everything)         median ${seconds(median(presync))}
  loop of kustomize build (render only) median ${seconds(median(shell))}
  ratio                                 median ${median(ratios).toFixed(2)}`);

function loopScript({ command, subcommand }: Kustomize, paths: readonly string[]): string {
  const target = join(mkdtempSync(join(tmpdir(), 'presync-bench-')), 'out.yaml');
  return `for p in ${paths.join(' ')}; do ${command} ${subcommand} "$p" > ${target} || exit 1; done`;
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

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
