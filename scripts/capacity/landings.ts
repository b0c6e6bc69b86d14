import { groupOf } from '../kubernetes/manifests.ts';
import type { ClusterView, Manifest, Rendered } from '../model.ts';

/** Objects that are in one cluster at the same time, each of them once. */
export interface Landing {
  /** The cluster's name, or the target's where nobody says which cluster syncs it. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

const found = new WeakMap<ClusterView, readonly Landing[]>();

/**
 * What of a view is together in one cluster. Roots that nobody syncs stand each alone, for
 * they may be the same app in several environments. What an engine object changes while it
 * applies is left out: how many pods it makes and how big they are is not known.
 */
export function landingsOf(view: ClusterView): readonly Landing[] {
  const known = found.get(view);
  if (known) return known;
  const live = view.cluster?.engine;
  const isLive = ({ target }: Rendered) => !live || target.engines.includes(live);
  const sure = view.rendered
    .filter(({ target }) => target.changedBy === undefined)
    .sort((a, b) => Number(isLive(b)) - Number(isLive(a)));
  const landings = view.cluster
    ? [{ name: view.cluster.name, manifests: once(sure.flatMap(({ manifests }) => manifests)) }]
    : sure.map(({ target, manifests }) => ({ name: target.name, manifests: once(manifests) }));
  found.set(view, landings);
  return landings;
}

/** Two engines' targets may hold the same object; it is in the cluster once, as the live one has it. */
function once(manifests: readonly Manifest[]): Manifest[] {
  const byIdentity = new Map<string, Manifest>();
  for (const one of manifests) {
    const key = JSON.stringify([groupOf(one.apiVersion), one.kind, one.namespace, one.name]);
    if (!byIdentity.has(key)) byIdentity.set(key, one);
  }
  return [...byIdentity.values()];
}
