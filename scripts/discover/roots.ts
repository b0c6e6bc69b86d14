import { textAt } from '../kubernetes/fields.ts';
import { kustomizationNames, referencesOf } from '../kubernetes/kustomization.ts';
import type { Sources } from './sources.ts';

/**
 * Folders with a kustomization that is no Component and that no other kustomization
 * names. Of some that only name each other, the first is taken: its build tells the cycle.
 */
export function rootKustomizations(files: readonly string[], sources: Sources): string[] {
  const named = new Map<string, string[]>();
  const candidates: string[] = [];
  for (const file of files) {
    if (!kustomizationNames.includes(file.slice(file.lastIndexOf('/') + 1))) continue;
    const folder = folderOf(file);
    const [document] = sources.read(file)?.documents ?? [];
    if (named.has(folder)) continue;
    if (textAt(document, ['kind']) !== 'Component') candidates.push(folder);
    named.set(
      folder,
      referencesOf(document).map(({ value }) => joinFolders(folder, value)),
    );
  }
  const included = new Set([...named.values()].flat());
  const reached = new Set<string>();
  const reach = (folder: string): void => {
    if (reached.has(folder) || !named.has(folder)) return;
    reached.add(folder);
    for (const next of named.get(folder) ?? []) reach(next);
  };
  const roots = candidates.filter((folder) => !included.has(folder));
  for (const folder of roots) reach(folder);
  for (const folder of candidates) {
    if (reached.has(folder)) continue;
    roots.push(folder);
    reach(folder);
  }
  return roots;
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}

function joinFolders(folder: string, relative: string): string {
  const parts = folder ? folder.split('/') : [];
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
