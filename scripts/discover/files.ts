import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder, and whether any symbolic link is among them. */
export interface FileTree {
  /** Paths from the folder, with forward slashes, sorted by code unit. */
  readonly files: readonly string[];
  readonly hasSymlinks: boolean;
}

const ignoredFolders: ReadonlySet<string> = new Set(['node_modules', 'dist']);

/**
 * Lists every file below a folder, but for hidden folders and `node_modules`.
 * Symbolic links are listed and never followed.
 *
 * @param ignore folders to leave out, as paths from the root
 */
export function listFiles(root: string, ignore: readonly string[]): FileTree {
  const files: string[] = [];
  const left = new Set(ignore.map((path) => path.replace(/^\.\//, '').replace(/\/+$/, '')));
  let hasSymlinks = false;
  const visit = (folder: string): void => {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (left.has(path)) continue;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !ignoredFolders.has(entry.name)) visit(path);
      } else {
        hasSymlinks ||= entry.isSymbolicLink();
        files.push(path);
      }
    }
  };
  visit('');
  return { files: files.sort(), hasSymlinks };
}

/** A folder that may not be read is as good as empty here; what names it will say so. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
