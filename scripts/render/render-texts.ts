import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { manifestsOf } from '../kubernetes/manifests.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import type { Rendered, SourceFile } from '../model.ts';
import { findKustomize, type Kustomize } from './binary.ts';
import { buildChanged, isChanged } from './build-changed.ts';
import { failureOf } from './failure.ts';
import { inParallel } from './in-parallel.ts';
import { build } from './kustomize.ts';
import type { BuildTarget } from './plan-batches.ts';
import type { RenderOptions, RenderResult } from './render.ts';

/**
 * Builds every target by itself and keeps its texts, exactly as kustomize writes them: joined by
 * `---` they are all it wrote. Plain manifests are their own text.
 *
 * @returns in the order of the targets
 */
export async function renderTexts(
  targets: readonly BuildTarget[],
  options: RenderOptions,
): Promise<RenderResult> {
  const { concurrency = availableParallelism(), onProgress } = options;
  const sources = new Map(options.sources.map((source) => [source.path, source]));
  let kustomize: Promise<Kustomize> | undefined;
  let done = 0;
  const find = () => (kustomize ??= findKustomize());
  const rendered = await inParallel(targets, concurrency, async (one) => {
    const result = await renderAlone(one, find, sources, options);
    onProgress?.(++done, targets.length, one.target.path);
    return result;
  });
  return { rendered };
}

async function renderAlone(
  one: BuildTarget,
  find: () => Promise<Kustomize>,
  sources: ReadonlyMap<string, SourceFile>,
  options: RenderOptions,
): Promise<Rendered> {
  const { target, input } = one;
  const { files, failures } = input;
  if (failures.length > 0) return { target, manifests: [], files, failures };
  if (target.kind === 'manifests') {
    const documents = files.flatMap((file) => sources.get(file)?.documents ?? []);
    const manifests = manifestsOf(documents, { target });
    return { target, manifests, files, failures, texts: [joined(files, sources)] };
  }
  try {
    const kustomize = await find();
    const text = isChanged(one)
      ? await buildChanged(one, kustomize, { ...options, sources })
      : await build(kustomize, join(options.root, target.path), options);
    if (typeof text !== 'string') return { target, manifests: [], files, failures: [text] };
    const manifests = manifestsOf(readYaml(text, 'kustomize output').documents, { target });
    return { target, manifests, files, failures, texts: text.split(/^---\n/m) };
  } catch (error) {
    const own = files.flatMap((file) => sources.get(file) ?? []);
    const failure = failureOf(error, { root: options.root, target, sources: own });
    return { target, manifests: [], files, failures: [failure] };
  }
}

function joined(files: readonly string[], sources: ReadonlyMap<string, SourceFile>): string {
  return files
    .flatMap((file) => sources.get(file)?.text ?? [])
    .map((text) => (text.endsWith('\n') ? text : `${text}\n`))
    .map((text) => text.replace(/^---\n/, ''))
    .join('---\n');
}
