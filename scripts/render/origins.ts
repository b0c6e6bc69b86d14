import { join } from 'node:path';
import { textAt } from '../kubernetes/fields.ts';
import type { Manifest, Origin, SourceFile } from '../model.ts';
import { buildBatch } from './batch.ts';
import { findKustomize } from './binary.ts';
import { type BuildOptions, KustomizeError } from './kustomize.ts';
import type { BuildTarget } from './plan-batches.ts';

/** Tells where manifests come from. */
export type OriginOf = (manifest: Manifest) => Origin | undefined;

export interface OriginOptions extends BuildOptions {
  /** Absolute path of the repository. */
  readonly root: string;
  readonly sources: readonly SourceFile[];
}

/**
 * Finds where manifests come from: the one file of their target that declares such an
 * object. Where names were changed or objects generated, the target is built once more,
 * to ask kustomize; a run without problems pays nothing.
 */
export async function originsOf(
  manifests: readonly Manifest[],
  targets: readonly BuildTarget[],
  options: OriginOptions,
): Promise<OriginOf> {
  const inputs = new Map(targets.map((one) => [one.target.path, one]));
  const sources = new Map(options.sources.map((source) => [source.path, source]));
  const origins = new Map<Manifest, Origin>();
  const toAsk = new Map<BuildTarget, Manifest[]>();
  for (const manifest of manifests) {
    const target = inputs.get(manifest.target?.path ?? '');
    if (manifest.origin || !target) continue;
    const file = onlyDeclaration(manifest, target, sources);
    if (file !== undefined) origins.set(manifest, { file });
    else toAsk.set(target, [...(toAsk.get(target) ?? []), manifest]);
  }
  await Promise.all(
    [...toAsk].map(async ([target, unknown]) => {
      const told = await ask(target, options);
      for (const manifest of unknown) {
        const origin = told.get(keyOf(manifest.data));
        if (origin) origins.set(manifest, origin);
      }
    }),
  );
  return (manifest) => manifest.origin ?? origins.get(manifest);
}

/** The file that declares an object of that kind and name; undefined unless it is just one. */
function onlyDeclaration(
  { apiVersion, kind, name }: Manifest,
  { input }: BuildTarget,
  sources: ReadonlyMap<string, SourceFile>,
): string | undefined {
  const declaring = input.resources.filter((file) =>
    sources
      .get(file)
      ?.documents.some(
        (document) =>
          textAt(document, ['apiVersion']) === apiVersion &&
          textAt(document, ['kind']) === kind &&
          textAt(document, ['metadata', 'name']) === name,
      ),
  );
  return declaring.length === 1 ? declaring[0] : undefined;
}

async function ask({ target }: BuildTarget, options: OriginOptions): Promise<Map<string, Origin>> {
  try {
    const { root } = options;
    const folders = [join(root, target.path)];
    const asking = { ...options, origins: true };
    const [items = []] = await buildBatch(await findKustomize(), root, folders, asking);
    return new Map(items.flatMap(({ data, origin }) => (origin ? [[keyOf(data), origin]] : [])));
  } catch (error) {
    // It was built before without complaint; then the location is less exact, and that is all.
    if (error instanceof KustomizeError) return new Map();
    throw error;
  }
}

function keyOf(data: Manifest['data']): string {
  const name = ['namespace', 'name'].map((key) => textAt(data, ['metadata', key]));
  return JSON.stringify([data.apiVersion, data.kind, ...name]);
}
