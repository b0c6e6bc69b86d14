import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** This repository. */
export const root: string = realpathSync(join(import.meta.dirname, '..'));

const made: string[] = [];
process.on('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files in it. It is gone when the test process ends. */
export function makeRepository(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'presync-test-')));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A copy of what this repository deploys, without its code. */
export function copyRepository(): string {
  const folder = makeRepository({});
  for (const part of ['base', 'overlays', 'clusters', 'policies']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  return folder;
}

/** Changes a file of a copy. Fails when nothing changes: a mistake that is not made proves nothing. */
export function edit(folder: string, path: string, change: (text: string) => string): void {
  const before = readFileSync(join(folder, path), 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`the edit of ${path} changes nothing`);
  writeFileSync(join(folder, path), after);
}
