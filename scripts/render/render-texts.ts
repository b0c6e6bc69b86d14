import { join } from 'node:path';
import type { RenderFailure, SourceFile, Target } from '../model.ts';
import { findKustomize, type Kustomize } from './binary.ts';
import { failureOf } from './failure.ts';
import { build } from './kustomize.ts';
import type { BuildTarget } from './plan-batches.ts';
import { redactorFor } from './redact.ts';
import type { RenderOptions } from './render.ts';

/** A target as text. */
export interface RenderedText {
  readonly target: Target;
  /** The YAML stream exactly as kustomize writes it; absent when it failed. */
  readonly text?: string;
  readonly failures: readonly RenderFailure[];
}

/** Builds every target by itself and keeps the text. Plain manifests are their own text. */
export async function renderTexts(
  targets: readonly BuildTarget[],
  options: RenderOptions,
): Promise<RenderedText[]> {
  const sources = new Map(options.sources.map((source) => [source.path, source]));
  const results: RenderedText[] = [];
  let kustomize: Kustomize | undefined;
  for (const one of targets) {
    const { target, input } = one;
    if (input.failures.length > 0) {
      results.push({ target, failures: input.failures });
    } else if (target.kind === 'manifests') {
      results.push({ target, text: joined(input.files, sources), failures: [] });
    } else {
      try {
        kustomize ??= await findKustomize();
        const text = await build(kustomize, join(options.root, target.path), options);
        results.push({ target, text, failures: [] });
      } catch (error) {
        const own = input.files.flatMap((file) => sources.get(file) ?? []);
        const context = { root: options.root, target, files: input.files };
        const failure = failureOf(error, { ...context, redact: redactorFor(own) });
        results.push({ target, failures: [failure] });
      }
    }
    options.onProgress?.(results.length, targets.length);
  }
  return results;
}

function joined(files: readonly string[], sources: ReadonlyMap<string, SourceFile>): string {
  return files
    .flatMap((file) => sources.get(file)?.text ?? [])
    .map((text) => (text.endsWith('\n') ? text : `${text}\n`))
    .map((text) => text.replace(/^---\n/, ''))
    .join('---\n');
}
