import type { Rendered } from '../../model.ts';
import type { Unit } from '../unit.ts';

/** Whether all that a unit brings can be seen here, or is said of its chart. */
export function hasKnownContents(
  { sources, targets, release }: Unit,
  rendered: ReadonlyMap<string, Rendered>,
): boolean {
  if (targets.some((name) => (rendered.get(name)?.failures.length ?? 1) > 0)) return false;
  return sources.every((source) => {
    if (source.kind === 'files') return true;
    if (source.kind === 'chart') return release?.contents !== undefined;
    // A chart in Git is a folder that nothing renders.
    return source.isOwn && targets.length > 0;
  });
}
