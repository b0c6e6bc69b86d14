import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { $ } from 'zx';
import { findKustomize } from '../kustomize.ts';
import { validate } from '../pipeline.ts';

/**
 * Times what it costs to blame lines: a target without problems, the same with a slip in one
 * object and in every object, and kustomize alone, in turn and in one run. `more` is what is
 * left of the difference after one more build. Build the bundle first: `node scripts/build.ts`,
 * then `node scripts/bench/provenance.ts 15`.
 */
const rounds = Number(process.argv[2] ?? 15);
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'presync-bench-provenance-'));
const [clean, one, every] = ['clean', 'one', 'every'].map((name) => copyTo(join(folder, name)));
const { command, subcommand } = await findKustomize();
/** As presync itself builds. */
const env = { ...process.env, GOGC: 'off', GOMEMLIMIT: '1GiB' };
const schemasOnly = ({ id }: { readonly id: string }) => id.startsWith('schema/');

try {
  for (const app of ['ai-assistant', 'grading-system', 'pdf-processor', 'suoke-life']) {
    const path = `overlays/prod/${app}`;
    const files = objectsOf(app);
    spoil(one as string, files.slice(0, 1));
    spoil(every as string, files);
    await tell(`${path}, a new process for each run`, path, (at) => cold(at, path));
    await tell(`${path}, one process for all runs`, path, (at) => warm(at, path));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function copyTo(copy: string): string {
  for (const part of ['base', 'overlays', 'clusters', 'policies']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  return copy;
}

function objectsOf(app: string): string[] {
  return globSync(`base/${app}/*.yaml`, { cwd: root })
    .filter((file) => !/kustomization|\.patch|dashboard/.test(basename(file)))
    .sort();
}

/** An unknown field is found in every kind, and no build fails of it. */
function spoil(copy: string, files: readonly string[]): void {
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    const slip = text.replace(/^metadata:\n/m, 'metadata:\n  labelz: {}\n');
    if (slip === text) throw new Error(`${file} has no metadata`);
    writeFileSync(join(copy, file), slip);
  }
}

async function cold(copy: string | undefined, path: string): Promise<void> {
  const cli = join(root, 'dist/cli.js');
  const run = $({ quiet: true, nothrow: true });
  const result = await run`${process.execPath} ${cli} validate --only schema --cwd ${copy} ${path}`;
  const wanted = copy === clean ? 0 : 1;
  if (result.exitCode !== wanted) throw new Error(`validate ends with ${result.exitCode}`);
}

async function warm(copy = '', path: string): Promise<void> {
  const { findings } = await validate({ root: copy, paths: [path], selectRule: schemasOnly });
  if (findings.length > 0 === (copy === clean)) throw new Error(`${findings.length} findings`);
}

async function tell(
  what: string,
  path: string,
  run: (copy: string | undefined) => Promise<void>,
): Promise<void> {
  const times: number[][] = [];
  for (let round = 0; round <= rounds; round++) {
    const own: number[] = [];
    for (const copy of [clean, one, every]) own.push(await time(() => run(copy)));
    own.push(
      await time(() => $({ quiet: true, env })`${command} ${subcommand} ${join(root, path)}`),
    );
    // The first round only warms caches.
    if (round > 0) times.push(own);
  }
  const [none, single, all, build] = [0, 1, 2, 3].map((at) => median(times.map((own) => own[at])));
  const more = (at: number) =>
    median(times.map((own) => (own[at] ?? 0) - (own[0] ?? 0) - (own[3] ?? 0)));
  const row = (name: string, value = 0, after = '') =>
    console.log(`  ${name.padEnd(24)}${value.toFixed(0).padStart(6)} ms${after}`);
  console.log(what);
  row('no problem', none);
  row('a slip in one object', single, `, ${more(1).toFixed(0)} more than one more build`);
  row('a slip in every object', all, `, ${more(2).toFixed(0)} more than one more build`);
  row('kustomize build', build);
}

async function time(run: () => PromiseLike<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

function median(values: readonly (number | undefined)[]): number {
  const sorted = values.map((value) => value ?? 0).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
