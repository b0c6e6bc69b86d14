import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { writtenPlace } from '../kubernetes/changed-kustomization.ts';
import { kustomizationNames } from '../kubernetes/kustomization.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import type { ChangedKustomization, FieldPath, RenderFailure } from '../model.ts';
import type { Sources } from './sources.ts';

/** What may be done for a build beyond reading the repository's files. */
export type Allowed = ReadonlySet<'network' | 'helm' | 'exec'>;

export interface ClosureContext {
  /** Repository root, an absolute path without symbolic links. */
  readonly root: string;
  readonly sources: Sources;
  readonly allowed: Allowed;
  /** The target's kustomization as an engine changes it; `sources` have its text. */
  readonly changed?: ChangedKustomization;
}

/** The kustomization file of a folder, as a path from the root; undefined without one. */
export function kustomizationFileIn(
  { root, changed }: ClosureContext,
  folder: string,
): string | undefined {
  if (changed && posix.join(folder, posix.basename(changed.file)) === changed.file) {
    return changed.file;
  }
  return kustomizationNames
    .map((name) => posix.join(folder, name))
    .find((path) => existsSync(join(root, path)));
}

/** Adds a failure at a field of a kustomization. */
export type Fail = (
  failure: Omit<RenderFailure, 'location'> & { readonly path: FieldPath },
) => void;

/** Finds where a failure's field is written, also for a kustomization that an engine changes. */
export function failer(
  file: string,
  text: string,
  failures: RenderFailure[],
  { changed, sources }: ClosureContext,
): Fail {
  return ({ path, ...failure }) => {
    const isOwn = file !== changed?.file;
    const place = isOwn ? { file, document: 0, path } : writtenPlace(changed, path);
    // The file as it is written is needed here, and the changed one hides it.
    const written = isOwn ? text : (sources.peek(place.file) ?? '');
    const { location } = openLocator(written, place.file).locate(place.document, place.path);
    failures.push({ ...failure, location });
  };
}
