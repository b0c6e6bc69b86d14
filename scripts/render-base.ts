import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTree } from './discover/write-tree.ts';
import type { Base, Repository } from './model.ts';
import { validate } from './pipeline.ts';
import { UserError } from './shared/errors.ts';
import type { ValidateOptions } from './validate-options.ts';

/**
 * Renders the repository as a commit has it, by the same code and options, for comparison with
 * what the working tree renders to. Nothing is checked out, and no rule runs.
 *
 * @param isWhole whether all of the working tree is checked, so that what is not there is gone
 * @throws UserError when Git cannot read the commit
 */
export async function renderBase(
  options: ValidateOptions,
  commit: string,
  isWhole: boolean,
): Promise<Base> {
  const folder = await mkdtemp(join(tmpdir(), 'presync-base-'));
  try {
    await writeTree(options.root, commit, folder);
    return await readBase({ ...options, root: folder }, isWhole);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same of a folder that holds what was there before. */
export async function readBase(options: ValidateOptions, isWhole: boolean): Promise<Base> {
  const { given: _, onProgress: __, ...rest } = options;
  let found: Repository | undefined;
  const all = { ...rest, paths: [], clusters: [], selectRule: () => false };
  try {
    await validate({ ...all, onRepository: (repository) => (found = repository) });
  } catch (error) {
    // A commit from before there was anything to render.
    if (!(error instanceof UserError)) throw error;
  }
  const { sources = [], clusters = [], rendered = [], files = [] } = found ?? {};
  return { sources, clusters, rendered, files, isWhole: isWhole && found !== undefined };
}
