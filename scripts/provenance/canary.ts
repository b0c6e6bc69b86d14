import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Manifest, Rendered, SourceFile, Target, TargetFiles } from '../model.ts';
import { graphOf } from './graph.ts';
import { type Kept, keptIn } from './kept.ts';
import { pairManifests } from './pairs.ts';
import { type Planted, type Plot, plant } from './plant.ts';
import { openTokens, type Tokens } from './tokens.ts';
import { type Trace, tracesOf } from './trace.ts';
import { wantedFor } from './wanted.ts';

/** A target with the files of its build. */
export interface TracedTarget {
  readonly target: Target;
  readonly input: TargetFiles;
}

export interface CanaryContext {
  /** Absolute path of the repository. */
  readonly root: string;
  readonly sources: ReadonlyMap<string, SourceFile>;
  readonly targets: readonly TracedTarget[];
  readonly rendered: readonly Rendered[];
  /** Builds targets below another root, in the same way as the plain build was made. */
  readonly build: (targets: readonly TracedTarget[], root: string) => Promise<readonly Rendered[]>;
}

/** What the canary build tells about objects. */
export interface Canary {
  /** Absent when the object was not asked for, or cannot be told from others. */
  traceOf(manifest: Manifest): Trace | undefined;
  readonly planted: Planted;
  readonly tokens: Tokens;
}

/**
 * Builds the targets of some objects once more, from copies in which every value is a
 * mark, and reads which mark landed where.
 */
export async function runCanary(
  manifests: readonly Manifest[],
  context: CanaryContext,
): Promise<Canary> {
  const paths = new Set(manifests.map(({ target }) => target?.path));
  const targets = context.targets.filter(
    ({ target, input }) =>
      target.kind === 'kustomization' && paths.has(target.path) && input.failures.length === 0,
  );
  const plots = targets.map(({ target, input }): Plot => {
    return { input, graph: graphOf(target.path, input.files, context.sources) };
  });
  const files = [...new Set(targets.flatMap(({ input }) => input.files))].sort();
  const texts = await readTexts(files, context);
  const tokens = openTokens(texts.values());
  const kept: Kept = keptIn(context.sources.values());
  const wanted = wantedFor(manifests, plots, context.sources);
  const planted = plant(plots, tokens, kept, (file) => texts.get(file), wanted);
  const built = targets.length > 0 ? await buildCopies(files, planted, targets, context) : [];
  const traces = new Map<Manifest, Trace>();
  for (const [index, plot] of plots.entries()) {
    const path = targets[index]?.target.path;
    const plain = context.rendered.find(({ target }) => target.path === path);
    const canary = built.find(({ target }) => target.path === path);
    const pairs = pairManifests(plain?.manifests ?? [], canary?.manifests ?? []);
    for (const one of tracesOf(pairs, plot, planted, tokens)) traces.set(one.manifest, one);
  }
  return { traceOf: (manifest) => traces.get(manifest), planted, tokens };
}

async function readTexts(
  files: readonly string[],
  { root, sources }: CanaryContext,
): Promise<Map<string, string>> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const texts = new Map<string, string>();
  await Promise.all(
    files.map(async (file) => {
      const known = sources.get(file)?.text;
      if (known !== undefined) return texts.set(file, known);
      try {
        texts.set(file, decoder.decode(await readFile(join(root, file))));
      } catch {
        // Not a text: it is copied as it stands.
      }
      return texts;
    }),
  );
  return texts;
}

/** Builds targets from copies of their files, some of them with another text. */
export async function buildCopies(
  files: readonly string[],
  { texts }: Pick<Planted, 'texts'>,
  targets: readonly TracedTarget[],
  { root, build }: CanaryContext,
): Promise<readonly Rendered[]> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'presync-canary-'));
  try {
    const folders = new Set(files.map((file) => dirname(join(folder, file))));
    await Promise.all([...folders].map((one) => mkdir(one, { recursive: true, mode: 0o700 })));
    await Promise.all(
      files.map((file) => {
        const text = texts.get(file);
        return text === undefined
          ? copyFile(join(root, file), join(folder, file))
          : writeFile(join(folder, file), text);
      }),
    );
    return await build(targets, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
