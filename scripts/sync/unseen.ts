import { posix } from 'node:path';
import type { Unit } from './unit.ts';

/**
 * Whether something that was not rendered may apply some of these units: an order among them that
 * it keeps is not known then.
 *
 * @param files every file of the repository, from its root
 */
export function isOrderUnseen(units: readonly Unit[], files: readonly string[]): boolean {
  const declared = units.flatMap(({ declared: { manifest } }) => manifest.origin?.file ?? []);
  const isFrom = (path: string) =>
    declared.some((file) => path === '' || file.startsWith(`${path}/`));
  return units
    .filter((unit) => isUnseen(unit, files))
    .some(({ sources }) => sources.some(({ path }) => path !== undefined && isFrom(path)));
}

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
      files.some((file) => path === '' || file.startsWith(`${path}/`)) &&
      !files.includes(posix.join(path, 'Chart.yaml')),
  );
}
