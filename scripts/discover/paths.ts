import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { nearest } from '../shared/nearest.ts';

/** Whether a path leaves the repository, by its dots or through a symbolic link. */
export function isOutside(path: string, root: string): boolean {
  if (path === '..' || path.startsWith('../')) return true;
  try {
    const real = realpathSync.native(join(root, path));
    return real !== root && !real.startsWith(`${root}/`);
  } catch {
    return false;
  }
}

/** What stands at a place; undefined when there is nothing. */
export function kindOf(absolute: string): 'file' | 'folder' | undefined {
  const stats = statSync(absolute, { throwIfNoEntry: false });
  return stats?.isDirectory() ? 'folder' : stats ? 'file' : undefined;
}

/** The name in the same folder that a missing one is probably a slip of. */
export function hintFor(path: string, root: string): string | undefined {
  const folder = join(root, posix.dirname(path));
  if (kindOf(folder) !== 'folder') return undefined;
  const near = nearest(posix.basename(path), readdirSync(folder));
  return near && `Did you mean "${near}"?`;
}

/** A URL without user and password. */
export function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}
