import type { ClusterView, Manifest } from '../model.ts';
import { type Contents, contentsOf } from './contents.ts';
import { type Landing, landingsOf } from './landings.ts';
import { type QuotaUse, quotasOf } from './quotas.ts';

/** One namespace of one cluster, counted. */
export interface CountedNamespace {
  readonly landing: Landing;
  /** Absent for objects of one target that have none yet. */
  readonly namespace?: string;
  readonly contents: Contents;
  readonly quotas: readonly QuotaUse[];
}

const counted = new WeakMap<ClusterView, readonly CountedNamespace[]>();

/** Every namespace of a view that has objects, by landing and name. */
export function namespacesOf(view: ClusterView): readonly CountedNamespace[] {
  const known = counted.get(view);
  if (known) return known;
  const namespaces = landingsOf(view).flatMap((landing) => {
    const groups = Map.groupBy(landing.manifests, placeOf);
    return [...groups].sort(byName).map(([, manifests]): CountedNamespace => {
      const namespace = manifests[0]?.namespace;
      const contents = contentsOf(manifests, landing.manifests);
      return { landing, ...(namespace && { namespace }), contents, quotas: quotasOf(contents) };
    });
  });
  counted.set(view, namespaces);
  return namespaces;
}

/** Objects without a namespace meet only within their target. */
function placeOf({ namespace, target }: Manifest): string {
  return namespace ?? `\0${target?.name ?? ''}`;
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
