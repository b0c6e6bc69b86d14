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
      foldersOf(files).has(path) &&
      !foldersOf(files).get(path)?.has('Chart.yaml'),
  );
}

const known = new WeakMap<readonly string[], ReadonlyMap<string, ReadonlySet<string>>>();

/** Every folder that holds files, at any depth, with the names of its own; the root is empty. */
function foldersOf(files: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const before = known.get(files);
  if (before) return before;
  const folders = new Map<string, Set<string>>(files.length > 0 ? [['', new Set()]] : []);
  for (const file of files) {
    const slash = file.lastIndexOf('/');
    for (let at = slash; at > 0; at = file.lastIndexOf('/', at - 1)) {
      const folder = file.slice(0, at);
      if (folders.has(folder)) break;
      folders.set(folder, new Set());
    }
    folders.get(file.slice(0, Math.max(slash, 0)))?.add(file.slice(slash + 1));
  }
  known.set(files, folders);
  return folders;
}
