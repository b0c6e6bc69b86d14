import { globSync } from 'node:fs';

/** The YAML and JSON files below a folder, sorted, hidden folders and installed packages left out. */
export function yamlFilesIn(folder: string): string[] {
  return globSync('**/*.{yaml,yml,json}', { cwd: folder, exclude: ['**/node_modules/**'] })
    .filter((file) => !/(^|\/)\./.test(file))
    .sort();
}
