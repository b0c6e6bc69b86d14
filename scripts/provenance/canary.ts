import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type {
  ChangedKustomization,
  Manifest,
  Rendered,
  SourceFile,
  Target,
  TargetFiles,
} from '../model.ts';
import { makeScratchFolder } from '../shared/scratch-folder.ts';
import { openMetadata } from './common-metadata.ts';
import { graphOf } from './graph.ts';
import { type Kept, keptIn } from './kept.ts';
import { pairManifests } from './pairs.ts';
import { type Planted, type Plot, plant } from './plant.ts';
import { relocationFor, withChanged } from './relocate.ts';
import { openTokens } from './tokens.ts';
import { type Trace, tracesOf, type ValueSubstitution } from './trace.ts';
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
  /** The only file that is built with another text than it has. */
  readonly changed?: ChangedKustomization;
  readonly targets: readonly TracedTarget[];
  readonly rendered: readonly Rendered[];
  /** What variables do to values, by the target's name. */
  readonly substitutions?: ReadonlyMap<string, ValueSubstitution>;
  /** Builds targets below another root, in the same way as the plain build was made. */
  readonly build: (targets: readonly TracedTarget[], root: string) => Promise<readonly Rendered[]>;
}

/** What the canary build tells about objects. */
export interface Canary {
  /** Absent when the object was not asked for, or cannot be told from others. */
  traceOf(manifest: Manifest): Trace | undefined;
}

/**
 * Builds the targets of some objects once more, from copies in which every value is a
 * mark, and reads which mark landed where.
 */
export async function runCanary(
  manifests: readonly Manifest[],
  context: CanaryContext,
): Promise<Canary> {
  const names = new Set(manifests.map(({ target }) => target?.name));
  const targets = context.targets.filter(
    ({ target, input }) =>
      target.kind === 'kustomization' && names.has(target.name) && input.failures.length === 0,
  );
  // Each way to change a kustomization is a text of its own for the same file.
  const groups = [
    targets.filter(({ input }) => !input.changed),
    ...targets.filter(({ input }) => input.changed).map((one) => [one]),
  ].filter((group) => group.length > 0);
  const traces = new Map<Manifest, Trace>();
  for (const group of groups) {
    const own = manifests.filter(({ target }) =>
      group.some((one) => one.target.name === target?.name),
    );
    for (const one of await traceGroup(own, group, context)) traces.set(one.manifest, one);
  }
  return { traceOf: (manifest) => traces.get(manifest) };
}

async function traceGroup(
  manifests: readonly Manifest[],
  given: readonly TracedTarget[],
  outer: CanaryContext,
): Promise<Trace[]> {
  const changed = given[0]?.input.changed;
  const relocation = changed && relocationFor(changed, outer.sources);
  const { context, targets } = asBuilt(given, outer);
  const plots = targets.map(({ target, input }): Plot => {
    const metadata = openMetadata(input, outer.sources);
    const graph = graphOf(target.path, input.files, context.sources);
    return { input, graph, ...(metadata && { metadata }) };
  });
  const files = [...new Set(targets.flatMap(({ input }) => input.files))].sort();
  const texts = await readTexts(files, context);
  const tokens = openTokens(texts.values());
  const kept: Kept = keptIn(files.flatMap((file) => context.sources.get(file) ?? []));
  const wanted = wantedFor(manifests, plots, context.sources);
  const planted = plant(plots, tokens, kept, (file) => texts.get(file), wanted, relocation);
  const built = targets.length > 0 ? await buildCopies(files, planted, targets, context) : [];
  return plots.flatMap((plot, index) => {
    const name = targets[index]?.target.name;
    const plain = context.rendered.find(({ target }) => target.name === name);
    const canary = built.find(({ target }) => target.name === name);
    const substitution = context.substitutions?.get(name ?? '');
    const pairs = pairManifests(plain?.manifests ?? [], canary?.manifests ?? []);
    return tracesOf(pairs, plot, planted, tokens, substitution);
  });
}

/** Targets for builds from copies, in which a changed kustomization is a file like others. */
export function asBuilt(
  targets: readonly TracedTarget[],
  context: CanaryContext,
): { readonly targets: readonly TracedTarget[]; readonly context: CanaryContext } {
  const [one] = targets;
  if (!one?.input.changed) return { targets, context };
  const { changed, ...input } = one.input;
  const sources = withChanged(context.sources, changed);
  return { targets: [{ ...one, input }], context: { ...context, sources, changed } };
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
  { root, build, changed, sources }: CanaryContext,
): Promise<readonly Rendered[]> {
  const textOf = (file: string) =>
    texts.get(file) ?? (file === changed?.file ? changed.text : sources.get(file)?.text);
  const bytes = files.reduce((sum, file) => sum + (textOf(file)?.length ?? 0), 0);
  const folder = makeScratchFolder('presync-canary-', bytes);
  try {
    // Many small files take half the time in turn, and a text that is known a fifth of a copy's.
    const folders = new Set(files.map((file) => dirname(join(folder, file))));
    for (const one of folders) mkdirSync(one, { recursive: true, mode: 0o700 });
    for (const file of files) {
      const text = textOf(file);
      // What is no UTF-8 has been read with other characters than it has.
      if (text === undefined || text.includes('\uFFFD'))
        copyFileSync(join(root, file), join(folder, file));
      else writeFileSync(join(folder, file), text);
    }
    return await build(targets, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
