import type { Manifest, Rendered } from '../model.ts';

/** The Secrets that each target renders, by the target's name. */
export function secretsByTarget(
  rendered: readonly Rendered[],
): ReadonlyMap<string, readonly Manifest[]> {
  return new Map(
    rendered.map(({ target, manifests }) => [
      target.name,
      manifests.filter(({ kind }) => kind === 'Secret'),
    ]),
  );
}
