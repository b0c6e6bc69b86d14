import { recordAt } from '../kubernetes/fields.ts';
import type { ClusterView, Manifest } from '../model.ts';

/** A namespace of a cluster. */
export interface KnownNamespace {
  readonly name: string;
  /** With the name as a label, which the API server adds. */
  readonly labels: Readonly<Record<string, unknown>>;
  /** Whether `cluster.yaml` says that others made it: what is in it is not known. */
  readonly isExternal: boolean;
}

/** The namespaces of a cluster by name: those that Git makes, and those it is told of. */
export function namespacesOf(
  { cluster }: ClusterView,
  made: readonly Manifest[],
): ReadonlyMap<string, KnownNamespace> {
  const namespaces = new Map<string, KnownNamespace>();
  for (const { name, labels } of cluster?.external.namespaces ?? []) {
    namespaces.set(name, { name, labels: withName(labels, name), isExternal: true });
  }
  for (const { name, data } of made) {
    const labels = withName(recordAt(data, ['metadata', 'labels']), name);
    namespaces.set(name, { name, labels, isExternal: false });
  }
  return namespaces;
}

function withName(labels: Readonly<Record<string, unknown>>, name: string) {
  return { ...labels, 'kubernetes.io/metadata.name': name };
}
