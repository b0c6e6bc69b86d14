import type { Rendered, Target } from '../model.ts';
import type { UnitContext } from './unit-context.ts';

/**
 * Finds the targets that a synced path is rendered as: those at that path, and those below it when
 * it is applied as it stands. Where a path is rendered in several ways, what the same engine
 * and the same file sync is meant.
 */
export function targetsAmong(rendered: readonly Rendered[]): UnitContext['targetsAt'] {
  const byPath = new Map<string, Target[]>();
  for (const { target } of rendered) {
    byPath.set(target.path, [...(byPath.get(target.path) ?? []), target]);
  }
  return (path, engine, { manifest }) => {
    const here = byPath.get(path) ?? [];
    const isBuilt = here.some(({ kind }) => kind === 'kustomization');
    const below = isBuilt || here.length === 0 ? [] : [...byPath.keys()].filter(isBelow);
    return [here, ...below.map((one) => byPath.get(one) ?? [])].flatMap((targets) =>
      narrowed(targets, [
        ({ engines }) => engines.includes(engine),
        ({ syncedBy }) => syncedBy.includes(manifest.origin?.file ?? ''),
      ]).map(({ name }) => name),
    );

    function isBelow(one: string): boolean {
      return one !== path && (path === '' || one.startsWith(`${path}/`));
    }
  };
}

/** Leaves out what does not fit, unless nothing would be left. */
function narrowed(
  targets: readonly Target[],
  tests: readonly ((target: Target) => boolean)[],
): readonly Target[] {
  return tests.reduce((left, fits) => {
    const fitting = left.filter(fits);
    return fitting.length > 0 ? fitting : left;
  }, targets);
}
