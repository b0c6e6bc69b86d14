import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextFile } from '../model.ts';
import type { Discovery } from './discover.ts';
import { ignoredIn } from './ignored.ts';

/** Nobody writes a secret that long, nor a manifest of one. */
const longest = 1_000_000;
/** Reading more than this would be the slowest part of a run. */
const most = 20_000;

/**
 * Reads files that are no manifests of a target but may hold secrets, as Git has them: what
 * it ignores stays on this machine and is left out. Links are not followed. Never rejects.
 *
 * @param wanted whether a file is worth reading for its name, when all of a repository is
 *   checked; what a generator of a target is given is read in any case
 * @returns those files, and what generators are given although Git ignores it
 */
export async function readTexts(
  { root, files, targets, sources }: Discovery,
  { paths = [], clusters = [], given = [] }: Choice,
  wanted: (path: string) => boolean,
): Promise<{ readonly texts: readonly TextFile[]; readonly ignored: readonly string[] }> {
  const known = new Set(sources.map(({ path }) => path));
  const fed = new Set(targets.flatMap(({ input }) => input.files.filter((one) => !known.has(one))));
  const isWhole = paths.length + clusters.length + given.length === 0;
  const candidates = files
    .filter((path) => fed.has(path) || (isWhole && !known.has(path) && wanted(path)))
    .slice(0, most);
  const ignored = candidates.length > 0 ? await ignoredIn(root) : new Set<string>();
  const texts = candidates.flatMap((path) => {
    if (ignored === undefined ? !fed.has(path) : ignored.has(path)) return [];
    const text = textOf(join(root, path));
    return text === undefined ? [] : [{ path, text }];
  });
  return { texts, ignored: [...fed].filter((path) => ignored?.has(path)) };
}

/** What of a repository was asked for. */
interface Choice {
  readonly paths?: readonly string[];
  readonly clusters?: readonly string[];
  readonly given?: readonly unknown[];
}

function textOf(absolute: string): string | undefined {
  try {
    const stats = lstatSync(absolute);
    return stats.isFile() && stats.size <= longest ? readFileSync(absolute, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
