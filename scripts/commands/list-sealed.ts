import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { kustomizationNames } from '../kubernetes/kustomization.ts';
import { withResource } from '../kubernetes/with-resource.ts';
import type { Target } from '../model.ts';

/**
 * Lists a sealed file under `resources` of the kustomization that it belongs to: the one in its
 * folder, or in the nearest above it within the overlay.
 *
 * @param file absolute path of what was written
 * @returns what was done, as a line for the terminal; undefined where nothing lists files
 */
export function listSealed(
  root: string,
  { path, kind }: Pick<Target, 'path' | 'kind'>,
  file: string,
): string | undefined {
  if (kind !== 'kustomization') return undefined;
  const kustomization = kustomizationFor(dirname(file), join(root, path), root);
  if (!kustomization) {
    return `no kustomization lists it yet: name it under resources of one that ${path} uses`;
  }
  const entry = relative(dirname(kustomization), file).split(sep).join('/');
  const shown = relative(root, kustomization).split(sep).join('/');
  const changed = withResource(readFileSync(kustomization, 'utf8'), entry);
  if (changed === undefined) return `${shown} lists it already`;
  writeFileSync(kustomization, changed);
  return `listed ${entry} under resources in ${shown}`;
}

function kustomizationFor(folder: string, overlay: string, root: string): string | undefined {
  const own = kustomizationNames.map((name) => join(folder, name)).find((one) => existsSync(one));
  if (own) return relative(root, own).startsWith('..') ? undefined : own;
  const isInside = folder.startsWith(overlay + sep);
  return isInside ? kustomizationFor(dirname(folder), overlay, root) : undefined;
}
