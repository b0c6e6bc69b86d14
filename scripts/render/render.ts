import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { manifestsOf } from '../kubernetes/manifests.ts';
import type { Rendered, SourceFile } from '../model.ts';
import { type BatchItem, type BatchOptions, buildBatch } from './batch.ts';
import { findKustomize, type Kustomize } from './binary.ts';
import { buildChanged, isChanged } from './build-changed.ts';
import { failureOf } from './failure.ts';
import { inParallel } from './in-parallel.ts';
import { influenceEachOther } from './independence.ts';
import { type BuildOptions, KustomizeError } from './kustomize.ts';
import { type BuildTarget, planBatches } from './plan-batches.ts';
import { prepareOnce } from './preparation.ts';
import { buildKey, mostWanted, sameFor, sharedBuilds, withText } from './shared-builds.ts';

export interface RenderOptions extends BuildOptions {
  /** Absolute path of the repository, without symbolic links. */
  readonly root: string;
  readonly sources: readonly SourceFile[];
  /** How many builds run at a time; one a processor by default. */
  readonly concurrency?: number;
  /** What to build with; looked for when absent. */
  readonly kustomize?: Kustomize;
  /** Writes the files that the targets consist of; called when they are needed. */
  readonly prepare?: () => void;
  /** Told after every target. */
  readonly onProgress?: (done: number, total: number, target: string) => void;
}

export interface RenderResult {
  /** In the order of the targets. */
  readonly rendered: readonly Rendered[];
  /** What built them; absent when nothing had to be built. */
  readonly kustomize?: Kustomize;
}

/**
 * Renders every target, several in one run of kustomize where that gives the same
 * result. A target that fails tells why and leaves the others alone.
 */
export async function render(
  targets: readonly BuildTarget[],
  options: RenderOptions,
): Promise<RenderResult> {
  const sources = new Map(options.sources.map((source) => [source.path, source]));
  const results = new Map<string, Rendered>();
  const keep = (rendered: Rendered) => {
    results.set(rendered.target.name, rendered);
    options.onProgress?.(results.size, targets.length, rendered.target.name);
  };
  const builds = new Map<string, BuildTarget[]>();
  for (const one of targets) {
    if (one.input.failures.length > 0) keep(failed(one, one.input.failures));
    else if (one.target.kind === 'manifests') keep(asWritten(one, sources));
    else builds.set(buildKey(one), [...(builds.get(buildKey(one)) ?? []), one]);
  }
  const toBuild = [...builds.values()].flatMap(mostWanted);
  const find = () => options.kustomize ?? findOrFail(toBuild, options.root, sources, keep);
  const kustomize = toBuild.length > 0 ? await find() : undefined;
  if (kustomize) {
    const { concurrency = availableParallelism(), prepare } = options;
    const preparation = prepare && { preparation: prepareOnce(prepare) };
    const batches = planBatches(
      toBuild.filter((one) => !isChanged(one)),
      concurrency,
    );
    const changed = toBuild.filter(isChanged).map((one) => [one]);
    const build = async (batch: readonly BuildTarget[]): Promise<void> => {
      const [only] = batch;
      if (only && isChanged(only)) {
        preparation?.preparation.run();
        return keep(withText(only, await buildChanged(only, kustomize, { ...options, sources })));
      }
      const own = { ...options, ...preparation, sources: relevant(batch, sources) };
      return buildOrFallBack(batch, kustomize, own, keep);
    };
    await inParallel([...batches, ...changed], concurrency, build);
    for (const [built, same] of sharedBuilds(builds)) {
      const result = results.get(built.target.name);
      if (result) for (const one of same) keep(sameFor(one, result));
    }
  }
  return {
    rendered: targets.flatMap(({ target }) => results.get(target.name) ?? []),
    ...(kustomize && { kustomize }),
  };
}

type Keep = (rendered: Rendered) => void;

function relevant(
  batch: readonly BuildTarget[],
  sources: ReadonlyMap<string, SourceFile>,
): SourceFile[] {
  return batch.flatMap(({ input }) => input.files.flatMap((file) => sources.get(file) ?? []));
}

function failed({ target, input }: BuildTarget, failures: Rendered['failures']): Rendered {
  return { target, manifests: [], files: input.files, failures };
}

function asWritten(
  { target, input }: BuildTarget,
  sources: ReadonlyMap<string, SourceFile>,
): Rendered {
  const manifests = input.files.flatMap((file) =>
    manifestsOf(sources.get(file)?.documents ?? [], { origin: { file }, target }),
  );
  return { target, manifests, files: input.files, failures: [] };
}

async function findOrFail(
  targets: readonly BuildTarget[],
  root: string,
  sources: ReadonlyMap<string, SourceFile>,
  keep: Keep,
): Promise<Kustomize | undefined> {
  try {
    return await findKustomize();
  } catch (error) {
    for (const one of targets) {
      const own = relevant([one], sources);
      keep(failed(one, [failureOf(error, { root, target: one.target, sources: own })]));
    }
    return undefined;
  }
}

async function buildOrFallBack(
  batch: readonly BuildTarget[],
  kustomize: Kustomize,
  options: RenderOptions & Pick<BatchOptions, 'preparation'>,
  keep: Keep,
): Promise<void> {
  const folders = batch.map(({ target }) => join(options.root, target.path));
  try {
    const texts = batch.some(({ input }) => input.postBuild);
    const items = await buildBatch(kustomize, options.root, folders, { ...options, texts });
    const results = batch.map((one, index) => ({ ...one, items: items[index] ?? [] }));
    if (batch.length === 1 || !influenceEachOther(results)) {
      for (const one of results) keep(built(one, one.items));
      return;
    }
  } catch (error) {
    const [only] = batch;
    if (batch.length === 1 && only) return keep(failed(only, [toFailure(error, only, options)]));
    if (!(error instanceof KustomizeError)) throw error;
  }
  // Halves, so that one bad target among many costs few further builds.
  const middle = Math.ceil(batch.length / 2);
  await buildOrFallBack(batch.slice(0, middle), kustomize, options, keep);
  await buildOrFallBack(batch.slice(middle), kustomize, options, keep);
}

function toFailure(error: unknown, { target }: BuildTarget, { root, sources }: RenderOptions) {
  return failureOf(error, { root, target, sources });
}

function built({ target, input }: BuildTarget, items: readonly BatchItem[]): Rendered {
  const documents = items.map(({ data }) => data);
  const manifests = manifestsOf(documents, { target });
  const texts = items.flatMap(({ text }) => text ?? []);
  const common = { target, manifests, files: input.files, failures: [] };
  return input.postBuild ? { ...common, texts } : common;
}
