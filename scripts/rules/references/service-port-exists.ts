import { type ClusterIndex, indexesOf } from '../../cluster/cluster-index.ts';
import { type ServiceReference, serviceReferencesOf } from '../../cluster/service-references.ts';
import { isRecord, listAt, textAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, Problem } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const servicePortExists: ClusterRule = {
  id: 'references/service-port-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'The port of a Service that an Ingress, a route or a webhook names is one it has.',
  why: 'The controller finds no endpoints for a port that the Service does not have, and answers 503.',
  fix: 'Name a port of the Service, not of the container behind it.',
  docs: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressBackend',

  *check(view) {
    for (const index of indexesOf(view)) yield* judge(index);
  },
};

function* judge(index: ClusterIndex): Generator<Problem> {
  for (const reference of index.manifests.flatMap(serviceReferencesOf)) {
    const { manifest, by, name, port, portPath } = reference;
    const ports = port === undefined ? undefined : portsOf(index, reference);
    if (!ports || port === undefined || portPath === undefined) continue;
    if (ports.some((one) => one.number === port || one.name === port)) continue;
    const names = ports.flatMap((one) => one.name ?? []);
    const meant = typeof port === 'string' ? nearest(port, names) : undefined;
    const known = ports.map((one) => (one.name ? `${one.number} (${one.name})` : one.number));
    yield {
      manifest,
      path: portPath,
      message: `${by} names port ${port} of Service ${name}, which does not have it`,
      fix: meant ? `Did you mean "${meant}"?` : `It has ${known.join(', ')}.`,
    };
  }
}

interface Port {
  readonly number: number;
  readonly name?: string;
}

/** The ports of a Service; undefined when they are not known or do not matter. */
function portsOf(index: ClusterIndex, reference: ServiceReference): Port[] | undefined {
  const { name, namespace, port } = reference;
  const service = index.find('', 'Service', name, namespace);
  if (!service) {
    const declared = index.externalServices.get(`${namespace}/${name}`);
    return typeof port === 'number' && declared
      ? [...declared].map((number) => ({ number }))
      : undefined;
  }
  if (textAt(service.data, ['spec', 'type']) === 'ExternalName') return undefined;
  const ports = listAt(service.data, ['spec', 'ports']).flatMap((one) => {
    const named = textAt(one, ['name']);
    if (!isRecord(one) || typeof one.port !== 'number') return [];
    return { number: one.port, ...(named && { name: named }) };
  });
  return ports.length > 0 ? ports : undefined;
}
