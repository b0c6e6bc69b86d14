import type { Manifest } from '../model.ts';

/**
 * Which object of the canary build is which of the plain one. Both builds write their
 * objects in the same order, and only generated ones may differ in name, for it ends in
 * a hash of their content.
 */
export function pairManifests(
  plain: readonly Manifest[],
  canary: readonly Manifest[],
): ReadonlyMap<Manifest, Manifest> {
  const pairs = new Map<Manifest, Manifest>();
  const inOrder =
    plain.length === canary.length &&
    plain.every((one, index) => {
      const other = canary[index];
      return other !== undefined && (isSame(one, other) || isGenerated(one, other));
    });
  if (inOrder) {
    for (const [index, one] of plain.entries()) pairs.set(one, canary[index] as Manifest);
    return pairs;
  }
  const rest = new Map<string, Manifest[]>();
  for (const one of canary) rest.set(keyOf(one), [...(rest.get(keyOf(one)) ?? []), one]);
  for (const one of plain) {
    const [only, another] = rest.get(keyOf(one)) ?? [];
    if (only && !another) pairs.set(one, only);
  }
  return pairs;
}

function isSame(a: Manifest, b: Manifest): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.namespace === b.namespace &&
    a.apiVersion === b.apiVersion
  );
}

function isGenerated(a: Manifest, b: Manifest): boolean {
  const isGenerable = a.apiVersion === 'v1' && (a.kind === 'ConfigMap' || a.kind === 'Secret');
  return isGenerable && a.kind === b.kind && a.namespace === b.namespace;
}

function keyOf({ apiVersion, kind, namespace, name }: Manifest): string {
  return JSON.stringify([apiVersion, kind, namespace, name]);
}
