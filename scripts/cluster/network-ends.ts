import { valueAt } from '../kubernetes/fields.ts';
import type { ClusterIndex } from './cluster-index.ts';
import { type ContainerPort, containerPortsOf } from './ports.ts';
import { isForeign, withoutGenerated } from './selection.ts';
import type { Workload } from './workloads.ts';

/** Pods as NetworkPolicies see them: one end of a connection. */
export interface NetworkEnd {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, unknown>>;
  /** Whether they may have a label of this key besides those. */
  readonly mayHave: (key: string) => boolean;
  /** The ports of their containers; absent when they are not known. */
  readonly ports?: readonly ContainerPort[];
  /** Whether they use the node's network. */
  readonly isOnHost: boolean;
}

/** The pods of a workload in Git; undefined when only the engine knows their namespace. */
export function endOf(index: ClusterIndex, workload: Workload): NetworkEnd | undefined {
  const { namespace, labels, spec, isBuiltIn } = workload;
  if (namespace === undefined) return undefined;
  return {
    namespace,
    labels,
    mayHave: (key) =>
      !isBuiltIn ||
      isForeignKey(index, key) ||
      withoutGenerated({ matchLabels: { [key]: '' } }) === undefined,
    // Something may put containers into the pods of a custom kind.
    ...(isBuiltIn && { ports: containerPortsOf(workload) }),
    isOnHost: valueAt(spec, ['hostNetwork']) === true,
  };
}

/** Pods that others make, of which some labels are known. */
export function foreignEnd(
  namespace: string,
  labels: Readonly<Record<string, string>> = {},
): NetworkEnd {
  return { namespace, labels, mayHave: () => true, isOnHost: false };
}

/** A namespace's labels, as far as they are known. */
export function namespaceEndOf(
  { namespaces }: ClusterIndex,
  name: string,
): Pick<NetworkEnd, 'labels' | 'mayHave'> {
  const known = namespaces.get(name);
  if (known) return { labels: known.labels, mayHave: () => false };
  return { labels: { 'kubernetes.io/metadata.name': name }, mayHave: () => true };
}

const foreignKeys = new WeakMap<ClusterIndex, Map<string, boolean>>();

/** As `isForeign`, which looks at every workload, once a key. */
function isForeignKey(index: ClusterIndex, key: string): boolean {
  let keys = foreignKeys.get(index);
  if (!keys) {
    keys = new Map();
    foreignKeys.set(index, keys);
  }
  let is = keys.get(key);
  if (is === undefined) {
    is = isForeign(index, key);
    keys.set(key, is);
  }
  return is;
}
