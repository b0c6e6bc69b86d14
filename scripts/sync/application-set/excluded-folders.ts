import { isRecord, listAt, textAt } from '../../kubernetes/fields.ts';
import type { Manifest } from '../../model.ts';
import { matchesPath } from './match-path.ts';

/** Whether a git generator of an ApplicationSet leaves a folder out by name: somebody decided. */
export function excludesFolder({ data }: Manifest, folder: string): boolean {
  return generatorsIn(listAt(data, ['spec', 'generators'])).some((generator) =>
    listAt(generator, ['git', 'directories']).some(
      (item) =>
        isRecord(item) &&
        item.exclude === true &&
        matchesPath(textAt(item, ['path']) ?? '', folder),
    ),
  );
}

/** Generators, and those in a matrix or merge, which go two levels deep at most. */
function generatorsIn(generators: readonly unknown[], depth = 0): unknown[] {
  if (depth > 2) return [];
  return generators.flatMap((generator) => [
    generator,
    ...['matrix', 'merge'].flatMap((kind) =>
      generatorsIn(listAt(generator, [kind, 'generators']), depth + 1),
    ),
  ]);
}
