import type { Location, RepositoryRule } from '../../model.ts';

/** A written value that decides in no target, as the canary build of all of them tells. */
export interface Overridden {
  readonly location: Location;
  /** The object that it is written for, as `Deployment api`. */
  readonly object: string;
  /** JSON pointer to the field in that object. */
  readonly field: string;
  readonly targets: number;
  /** The lines that decide instead. */
  readonly by: readonly Location[];
}

/** @param overridden what no target keeps of what it is made of */
export function overriddenEverywhere(overridden: readonly Overridden[] = []): RepositoryRule {
  return {
    id: 'kustomization/overridden-everywhere',
    scope: 'repository',
    severity: 'note',
    summary: 'Every value of a base decides in some environment.',
    why: 'A value that each environment overrides is read as the default and is none; whoever changes it changes nothing.',
    fix: 'Give the base the value that most environments have, or leave the field out of it.',
    docs: 'https://kubectl.docs.kubernetes.io/guides/introduction/kustomize/',
    // It takes a second build of every target, and some give defaults on purpose.
    optIn: true,

    *check() {
      for (const { location, object, field, targets, by } of overridden) {
        yield {
          location,
          message: `${field} of ${object} is overridden in each of its ${targets} targets`,
          related: by.map((place) => ({ message: 'overridden here', location: place })),
        };
      }
    },
  };
}
