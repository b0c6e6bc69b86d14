import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ignoredFolders: ReadonlySet<string> = new Set(['node_modules', 'dist']);

/**
 * Lists every file below a folder, but for hidden folders and `node_modules`.
 * Symbolic links to folders are listed and never followed.
 *
 * @param ignore folders to leave out, as paths from the root
 * @returns paths from the folder, with forward slashes, sorted by code unit
 */
export function listFiles(root: string, ignore: readonly string[]): string[] {
  const files: string[] = [];
  const left = new Set(ignore.map((path) => path.replace(/^\.\//, '').replace(/\/+$/, '')));
  const visit = (folder: string): void => {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (left.has(path)) continue;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !ignoredFolders.has(entry.name)) visit(path);
      } else {
        files.push(path);
      }
    }
  };
  visit('');
  return files.sort();
}

/** A folder that may not be read is as good as empty here; what names it will say so. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
