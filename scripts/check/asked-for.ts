import type { Finding, Rendered, SourceFile } from '../model.ts';

/** What a run was narrowed to; everything when nothing is named. */
interface Asked {
  readonly paths?: readonly string[];
  readonly clusters?: readonly string[];
  readonly given?: readonly SourceFile[];
}

/**
 * Whether a finding is about what was asked for: a selected target, a file that one reads, or a
 * file below a path that was named. What else a cluster has is read only to understand these, and
 * not all of it: nothing sure can be said of that.
 */
export function askedFor(
  { paths = [], clusters = [], given = [] }: Asked,
  rendered: readonly Rendered[],
): (finding: Finding) => boolean {
  if (paths.length + clusters.length + given.length === 0) return () => true;
  const targets = new Set(rendered.map(({ target }) => target.name));
  const files = new Set(rendered.flatMap((one) => one.files));
  const folders = paths.map((path) => path.replace(/^\.\/|\/+$/g, ''));
  const isBelow = (file: string) =>
    folders.some(
      (path) => path === '' || path === '.' || file === path || file.startsWith(`${path}/`),
    );
  return ({ location: { file }, targets: shown }) =>
    files.has(file) || isBelow(file) || shown.some((name) => targets.has(name));
}
