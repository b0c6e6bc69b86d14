import { fieldsOf } from '../kubernetes/faults.ts';
import { recordAt } from '../kubernetes/fields.ts';
import type { ClusterView } from '../model.ts';
import type { KubernetesObject } from './types.ts';

/**
 * The Namespace objects of a cluster by name: the rendered ones, and those that exist outside
 * Git as cluster.yaml tells them. Every namespace has its name as a label.
 */
export function namespacesOf({ cluster, rendered }: ClusterView): Map<string, KubernetesObject> {
  const found = new Map<string, KubernetesObject>();
  for (const { name, labels } of cluster?.external.namespaces ?? []) {
    found.set(name, namespace(name, labels, {}));
  }
  for (const { kind, apiVersion, name, data } of rendered.flatMap((one) => one.manifests)) {
    if (kind !== 'Namespace' || apiVersion !== 'v1') continue;
    const { labels, annotations } = fieldsOf(found.get(name)?.metadata);
    const metadata = recordAt(data, ['metadata']);
    found.set(
      name,
      namespace(
        name,
        { ...fieldsOf(labels), ...fieldsOf(metadata.labels) },
        { ...fieldsOf(annotations), ...fieldsOf(metadata.annotations) },
      ),
    );
  }
  return found;
}

function namespace(name: string, labels: object, annotations: object): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...labels, 'kubernetes.io/metadata.name': name }, annotations },
  };
}
