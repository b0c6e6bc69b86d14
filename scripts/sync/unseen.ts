import { posix } from 'node:path';
import type { Unit } from './unit.ts';

/**
 * Whether what a unit takes from this repository was not rendered, as when only a part was asked
 * for: then nobody knows what it brings. A chart is no such thing, for nothing here renders one.
 *
 * @param files every file of the repository, from its root
 */
export function isUnseen({ sources, targets }: Unit, files: readonly string[]): boolean {
  if (targets.length > 0) return false;
  return sources.some(
    ({ kind, isOwn, path }) =>
      kind === 'git' &&
      isOwn &&
      path !== undefined &&
      !files.includes(posix.join(path, 'Chart.yaml')),
  );
}
