import { posix } from 'node:path';
import { kustomizationNames } from '../kubernetes/kustomization.ts';
import type { Location, RenderFailure, SourceFile, Target } from '../model.ts';
import type { BuildMessage } from './build-message.ts';

/** What a failure is told with besides the error itself. */
export interface FailureContext {
  readonly root: string;
  readonly target: Target;
  /** Every file of the target. */
  readonly sources: readonly SourceFile[];
}

/** A failure in words of ours, at the line that is at fault. */
export type Told = Pick<RenderFailure, 'message' | 'fix' | 'location'>;

/** The folder at fault, from the root. */
export function folderOf({ folder }: BuildMessage, { root, target }: FailureContext): string {
  if (folder === root) return '';
  return folder?.startsWith(`${root}/`) ? folder.slice(root.length + 1) : target.path;
}

/** The kustomization of a folder. */
export function kustomizationIn(
  folder: string,
  sources: readonly SourceFile[],
): SourceFile | undefined {
  return kustomizationNames
    .map((name) => posix.join(folder, name))
    .map((path) => sources.find((source) => source.path === path))
    .find((source) => source !== undefined);
}

/** The beginning of a folder's kustomization, or else of the target's. */
export function kustomizationAt(folder: string, { sources, target }: FailureContext): Location {
  const file =
    kustomizationIn(folder, sources)?.path ?? kustomizationIn(target.path, sources)?.path;
  return { file: file ?? target.path, line: 1, column: 1 };
}
