import { listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import type { ClusterView } from '../model.ts';

export type Labels = Readonly<Record<string, unknown>>;

/** The labels of a namespace in a cluster; undefined when nothing there tells. */
export function namespaceLabels(name: string, view: ClusterView): Labels | undefined {
  const own = { 'kubernetes.io/metadata.name': name };
  const manifest = view.rendered
    .flatMap((one) => one.manifests)
    .find((one) => one.apiVersion === 'v1' && one.kind === 'Namespace' && one.name === name);
  if (manifest) return { ...recordAt(manifest.data, ['metadata', 'labels']), ...own };
  const external = view.cluster?.external.namespaces.find((one) => one.name === name);
  return external && { ...external.labels, ...own };
}

/**
 * The labels of a namespace, where nothing else in Git may give it others; undefined when they
 * are not all known.
 */
export function settledLabels(name: string, view: ClusterView): Labels | undefined {
  const manifests = view.rendered.flatMap((one) => one.manifests);
  const own = manifests.filter((one) => one.kind === 'Namespace' && one.name === name);
  const isPartlyKnown = own.some(({ unknown = [] }) =>
    unknown.some((path) => path[0] === 'metadata'),
  );
  const isManaged = manifests.some(
    ({ kind, data }) =>
      kind.startsWith('Application') && JSON.stringify(data).includes('managedNamespaceMetadata'),
  );
  const isChanged = manifests.some(({ apiVersion }) => apiVersion.startsWith('kyverno.io/'));
  const isUnsure = isPartlyKnown || isManaged || isChanged || own.length > 1;
  return isUnsure ? undefined : namespaceLabels(name, view);
}

/** Whether labels meet a selector; undefined for an operator that is none of Kubernetes'. */
export function selects(selector: unknown, labels: Labels): boolean | undefined {
  const equal = Object.entries(recordAt(selector, ['matchLabels'])).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
  if (!equal) return false;
  const verdicts = listAt(selector, ['matchExpressions']).map((one) => meets(one, labels));
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function meets(expression: unknown, labels: Labels): boolean | undefined {
  const key = textAt(expression, ['key']) ?? '';
  const values = listAt(expression, ['values']);
  const has = Object.hasOwn(labels, key);
  switch (textAt(expression, ['operator'])) {
    case 'In':
      return has && values.includes(labels[key]);
    case 'NotIn':
      return !has || !values.includes(labels[key]);
    case 'Exists':
      return has;
    case 'DoesNotExist':
      return !has;
    default:
      return undefined;
  }
}
