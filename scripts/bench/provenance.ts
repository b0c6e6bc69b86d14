import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { $ } from 'zx';
import { findKustomize } from '../kustomize.ts';
import { validate } from '../pipeline.ts';

/**
 * Times what it costs to blame lines, from the first problem to the last located finding: with a
 * slip in one object and in every object of our largest targets, in a new process each time and
 * in one for all, in turn with kustomize alone. `more` is what is left after one more build.
 * Build the bundle first: `node scripts/build.ts`, then `node scripts/bench/provenance.ts 15`.
 */
const rounds = Number(process.argv[2] ?? 15);
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'presync-bench-provenance-'));
const one = copyTo(join(folder, 'one'));
const every = copyTo(join(folder, 'every'));
const { command, subcommand } = await findKustomize();
/** As presync itself builds. */
const env = { ...process.env, GOGC: 'off', GOMEMLIMIT: '1GiB' };

try {
  for (const app of ['ai-assistant', 'grading-system', 'pdf-processor', 'suoke-life']) {
    const path = `overlays/prod/${app}`;
    const files = objectsOf(app);
    spoil(one, files.slice(0, 1));
    spoil(every, files);
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

/** @returns milliseconds from the first problem to the last located finding */
async function cold(copy: string, path: string): Promise<number> {
  const { stdout } = await $({
    quiet: true,
  })`${process.execPath} --input-type=module -e ${timed(copy, path)}`;
  return Number(stdout);
}

/** What a new process runs: the bundle, with the code that it compiled the time before. */
function timed(copy: string, path: string): string {
  return `
    import { enableCompileCache } from 'node:module';
    enableCompileCache(${JSON.stringify(join(folder, 'compiled'))});
    const { validate } = await import(${JSON.stringify(join(root, 'dist/index.js'))});
    let started;
    const { findings } = await validate({
      root: ${JSON.stringify(copy)},
      paths: [${JSON.stringify(path)}],
      selectRule: ({ id }) => id.startsWith('schema/'),
      onStage: (stage) => { if (stage === 'locating') started = performance.now(); },
    });
    if (findings.length === 0) throw new Error('no findings');
    console.log(performance.now() - started);
  `;
}

async function warm(copy: string, path: string): Promise<number> {
  let started = 0;
  const { findings } = await validate({
    root: copy,
    paths: [path],
    selectRule: ({ id }) => id.startsWith('schema/'),
    onStage: (stage) => {
      if (stage === 'locating') started = performance.now();
    },
  });
  if (findings.length === 0) throw new Error('no findings');
  return performance.now() - started;
}

async function tell(
  what: string,
  path: string,
  run: (copy: string) => Promise<number>,
): Promise<void> {
  const times: { one: number; every: number; build: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const own = { one: await run(one), every: await run(every), build: await built(path) };
    // The first round only warms caches.
    if (round > 0) times.push(own);
  }
  const row = (name: string, of: 'one' | 'every' | 'build') => {
    const all = median(times.map((own) => own[of]));
    const more = median(times.map((own) => own[of] - own.build));
    const after = of === 'build' ? '' : `, ${more.toFixed(0)} more than one build`;
    console.log(`  ${name.padEnd(24)}${all.toFixed(0).padStart(6)} ms${after}`);
  };
  console.log(what);
  row('a slip in one object', 'one');
  row('a slip in every object', 'every');
  row('kustomize build', 'build');
}

async function built(path: string): Promise<number> {
  const started = performance.now();
  await $({ quiet: true, env })`${command} ${subcommand} ${join(root, path)}`;
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
