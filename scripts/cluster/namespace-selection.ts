import { recordAt } from '../kubernetes/fields.ts';
import { mismatchOf } from '../kubernetes/label-selectors.ts';
import type { ClusterIndex } from './cluster-index.ts';

/** The namespaces that a selector finds, and whether there may be others. */
export interface NamespaceSelection {
  readonly names: readonly string[];
  readonly mayHaveMore: boolean;
}

const ofKubernetes = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const nameLabel = 'kubernetes.io/metadata.name';

/** Finds namespaces by their labels. */
export function namespacesMatching(index: ClusterIndex, selector: unknown): NamespaceSelection {
  const implied = impliedNamespaces(index);
  const matched = [...index.namespaces.values()]
    .filter(({ labels }) => mismatchOf(selector, labels) === undefined)
    .map(({ name }) => name);
  const unlabelled = implied.filter(
    (name) => mismatchOf(selector, { [nameLabel]: name }) === undefined,
  );
  const name = recordAt(selector, ['matchLabels'])[nameLabel];
  // Whoever made these may have given them any label, but not another name.
  const mayBeLabelled = typeof name === 'string' ? implied.includes(name) : implied.length > 0;
  return {
    names: [...new Set([...matched, ...unlabelled])],
    mayHaveMore: !index.complete || mayBeLabelled,
  };
}

/** The names of all namespaces that there are for sure. */
export function namespaceNames(index: ClusterIndex): string[] {
  return [...index.namespaces.keys(), ...impliedNamespaces(index)];
}

/** Namespaces that nobody declares: things land there, a chart brings them, or Kubernetes does. */
function impliedNamespaces({ manifests, charts, namespaces, view }: ClusterIndex): string[] {
  const brought = Object.values(view.cluster?.charts ?? {}).flatMap((one) => one.namespaces);
  const all = [
    ...ofKubernetes,
    ...brought,
    ...charts.map(({ namespace }) => namespace),
    ...manifests.map(({ namespace }) => namespace),
  ];
  return [...new Set(all)].filter((one) => one !== undefined && !namespaces.has(one)) as string[];
}
