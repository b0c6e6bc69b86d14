import { readFileSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writtenPlace } from '../kubernetes/changed-kustomization.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import type { ChangedKustomization, RenderFailure, SourceFile } from '../model.ts';
import { makeScratchFolder } from '../shared/scratch-folder.ts';
import type { Kustomize } from './binary.ts';
import { failureOf } from './failure.ts';
import { type BuildOptions, build } from './kustomize.ts';
import type { BuildTarget } from './plan-batches.ts';
import { replaceKsops } from './replace-ksops.ts';

export interface BuildChangedOptions extends BuildOptions {
  readonly root: string;
  /** All files, as they are written. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

/** Whether a target is built from other kustomizations than those that are written. */
export function isChanged({ input }: BuildTarget): boolean {
  return input.changed !== undefined || input.ksops !== undefined;
}

/**
 * Builds a target as its engine does: from a copy of its files in which the kustomization
 * is changed in place. A kustomization around it would not do the same: what comes first,
 * and which names patches and images see, would differ. What KSOPS would decrypt stands there
 * encrypted.
 *
 * @returns the text as kustomize writes it, or why it could not be built
 */
export async function buildChanged(
  { target, input }: BuildTarget,
  kustomize: Kustomize,
  options: BuildChangedOptions,
): Promise<string | RenderFailure> {
  const { changed, files, ksops = [] } = input;
  const folder = makeScratchFolder('presync-changed-', sizeOf(files, options.sources));
  try {
    const edited = new Map(changed ? [[changed.file, changed.text]] : []);
    const textOf = (file: string) => edited.get(file) ?? readText(join(options.root, file));
    const replaced = ksops.flatMap((file) => replaceKsops(file, textOf(file) ?? '', textOf));
    for (const { file, text } of replaced) edited.set(file, text);
    const folders = new Set(
      [...edited.keys(), ...files].map((file) => dirname(join(folder, file))),
    );
    await Promise.all([...folders].map((path) => mkdir(path, { recursive: true, mode: 0o700 })));
    await Promise.all(
      files
        .filter((file) => !edited.has(file))
        .map((file) => copyFile(join(options.root, file), join(folder, file))),
    );
    await Promise.all([...edited].map(([file, text]) => writeFile(join(folder, file), text)));
    return await build(kustomize, join(folder, target.path), options);
  } catch (error) {
    const sources = files.flatMap((file) => options.sources.get(file) ?? []);
    const failure = failureOf(error, { root: folder, target, sources });
    if (!changed) return failure;
    return { ...failure, location: placeOf(failure, changed, options.sources) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sizeOf(files: readonly string[], sources: ReadonlyMap<string, SourceFile>): number {
  return files.reduce((sum, file) => sum + (sources.get(file)?.text.length ?? 0), 0);
}

/** Undefined when there is no such file; the build then tells. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** What cannot be told any closer is told where the engine's object changes something. */
function placeOf(
  { location, message }: RenderFailure,
  changed: ChangedKustomization,
  sources: ReadonlyMap<string, SourceFile>,
): RenderFailure['location'] {
  const isVague = location.file === changed.file && location.line === 1 && location.column === 1;
  const isMissing = !sources.has(location.file);
  if (!isVague && !isMissing) return location;
  const named = changed.parts.find(({ at }) => message.includes(String(at[0])));
  const part = named ?? changed.parts[0];
  const place = writtenPlace(changed, part ? part.at : []);
  const text = sources.get(place.file)?.text ?? '';
  return openLocator(text, place.file).locate(place.document, place.path).location;
}
