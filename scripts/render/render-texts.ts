import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { RenderFailure, SourceFile, Target } from '../model.ts';
import { findKustomize, type Kustomize } from './binary.ts';
import { buildChanged, isChanged } from './build-changed.ts';
import { failureOf } from './failure.ts';
import { inParallel } from './in-parallel.ts';
import { build } from './kustomize.ts';
import type { BuildTarget } from './plan-batches.ts';
import type { RenderOptions } from './render.ts';

/** A target as text. */
export interface RenderedText {
  readonly target: Target;
  /** The YAML stream exactly as kustomize writes it; absent when it failed. */
  readonly text?: string;
  readonly failures: readonly RenderFailure[];
}

/**
 * Builds every target by itself and keeps the text. Plain manifests are their own text.
 *
 * @returns in the order of the targets
 */
export async function renderTexts(
  targets: readonly BuildTarget[],
  options: RenderOptions,
): Promise<RenderedText[]> {
  const { concurrency = availableParallelism(), onProgress } = options;
  const sources = new Map(options.sources.map((source) => [source.path, source]));
  let kustomize: Promise<Kustomize> | undefined;
  let done = 0;
  const find = () => (kustomize ??= findKustomize());
  return inParallel(targets, concurrency, async (one) => {
    const result = await textOf(one, find, sources, options);
    onProgress?.(++done, targets.length, one.target.path);
    return result;
  });
}

async function textOf(
  one: BuildTarget,
  find: () => Promise<Kustomize>,
  sources: ReadonlyMap<string, SourceFile>,
  options: RenderOptions,
): Promise<RenderedText> {
  const { target, input } = one;
  if (input.failures.length > 0) return { target, failures: input.failures };
  if (target.kind === 'manifests') {
    return { target, text: joined(input.files, sources), failures: [] };
  }
  try {
    const kustomize = await find();
    const text = isChanged(one)
      ? await buildChanged(one, kustomize, { ...options, sources })
      : await build(kustomize, join(options.root, target.path), options);
    return typeof text === 'string' ? { target, text, failures: [] } : { target, failures: [text] };
  } catch (error) {
    const own = input.files.flatMap((file) => sources.get(file) ?? []);
    const failure = failureOf(error, { root: options.root, target, sources: own });
    return { target, failures: [failure] };
  }
}

function joined(files: readonly string[], sources: ReadonlyMap<string, SourceFile>): string {
  return files
    .flatMap((file) => sources.get(file)?.text ?? [])
    .map((text) => (text.endsWith('\n') ? text : `${text}\n`))
    .map((text) => text.replace(/^---\n/, ''))
    .join('---\n');
}
