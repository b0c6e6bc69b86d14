import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Rendered } from '../model.ts';
import { makeScratchFolder } from '../shared/scratch-folder.ts';
import type { CanaryContext, TracedTarget } from './canary.ts';

/**
 * Builds targets from copies of their files.
 *
 * @param otherTexts those of the files that have another one; asked for when the build begins
 */
export async function buildCopies(
  files: readonly string[],
  otherTexts: () => ReadonlyMap<string, string>,
  targets: readonly TracedTarget[],
  context: CanaryContext,
): Promise<readonly Rendered[]> {
  const { sources } = context;
  // Marks make a text longer than it was, but not three times.
  const bytes = files.reduce((sum, file) => sum + (sources.get(file)?.text.length ?? 0), 0);
  const folder = makeScratchFolder('presync-canary-', 3 * bytes);
  try {
    const prepare = () => writeCopies(files, otherTexts(), folder, context);
    return await context.build(targets, folder, prepare);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Many small files take half the time in turn, and a text that is known a fifth of a copy's. */
function writeCopies(
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
  folder: string,
  { root, changed, sources }: CanaryContext,
): void {
  const folders = new Set(files.map((file) => dirname(join(folder, file))));
  for (const one of folders) mkdirSync(one, { recursive: true, mode: 0o700 });
  for (const file of files) {
    const own = file === changed?.file ? changed.text : sources.get(file)?.text;
    const text = texts.get(file) ?? own;
    // What is no UTF-8 has been read with other characters than it has.
    if (text === undefined || text.includes('\uFFFD')) {
      copyFileSync(join(root, file), join(folder, file));
    } else writeFileSync(join(folder, file), text);
  }
}
