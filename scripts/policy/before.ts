import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest, Rendered } from '../model.ts';

/**
 * Finds what an object was in a base, in one cluster or among the targets that no cluster syncs.
 * An object keeps its group, kind, namespace and name; its version may change.
 */
export function beforeIn(
  base: readonly Rendered[],
  cluster: string | undefined,
): (manifest: Manifest) => Manifest | undefined {
  const known = new Map<string, Manifest>();
  for (const { target, manifests } of base) {
    const { clusters } = target;
    const isThere = cluster === undefined ? clusters.length === 0 : clusters.includes(cluster);
    if (isThere) for (const one of manifests) known.set(keyOf(one), one);
  }
  return (manifest) => known.get(keyOf(manifest));
}

function keyOf({ apiVersion, kind, namespace = '', name }: Manifest): string {
  return `${groupOf(apiVersion)}/${kind} ${namespace}/${name}`;
}
