import type { Engine } from '../model.ts';

/** What a render of a path is told apart by. */
export interface Naming {
  readonly clusters: readonly string[];
  readonly engines: readonly Engine[];
  /** Names of the objects that sync it. */
  readonly objects: readonly string[];
}

/**
 * Unique names for the renders of one path: the path alone for a single one, else with
 * what tells them apart, as `apps/web@prod`, `apps/web@prod/flux` or `apps/web@prod/web-eu`.
 *
 * @returns names in the order of the renders
 */
export function namesFor(path: string, renders: readonly Naming[]): string[] {
  if (renders.length === 1) return [path];
  const choices = [
    renders.map(({ clusters }) => clusters.join('+')),
    renders.map(({ clusters, engines }) => `${clusters.join('+')}/${engines.join('+')}`),
    renders.map(({ clusters, objects }) => `${clusters.join('+')}/${objects.join('+')}`),
    renders.map(({ clusters }, index) => `${clusters.join('+')}/${index + 1}`),
  ];
  const labels = choices.find((some) => new Set(some).size === some.length) ?? [];
  return labels.map((label) => `${path}@${label}`);
}
