import { listAt, recordAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';

/** A place that names a Service, and maybe a port of it. */
export interface ServiceReference {
  readonly manifest: Manifest;
  /** Who names it, as messages begin. */
  readonly by: string;
  readonly name: string;
  readonly path: FieldPath;
  readonly namespace: string | undefined;
  readonly port?: number | string;
  /** Where the port is written. */
  readonly portPath?: FieldPath;
}

/** Every Service that an Ingress, a route, a webhook or an APIService sends requests to. */
export function serviceReferencesOf(manifest: Manifest): ServiceReference[] {
  const group = groupOf(manifest.apiVersion);
  const { kind, data } = manifest;
  if (group === 'networking.k8s.io' && kind === 'Ingress') return backendsOf(manifest);
  if (group === 'gateway.networking.k8s.io' && kind.endsWith('Route')) return routesOf(manifest);
  if (group === 'admissionregistration.k8s.io') {
    return listAt(data, ['webhooks']).flatMap((hook, index) => {
      const path = ['webhooks', index, 'clientConfig', 'service'];
      return clientOf(manifest, path, `webhook ${textAt(hook, ['name']) ?? index}`);
    });
  }
  if (group === 'apiextensions.k8s.io') {
    const path = ['spec', 'conversion', 'webhook', 'clientConfig', 'service'];
    return clientOf(manifest, path, 'conversion webhook');
  }
  if (group === 'apiregistration.k8s.io' && kind === 'APIService') {
    return clientOf(manifest, ['spec', 'service'], 'spec.service');
  }
  return [];
}

function backendsOf(manifest: Manifest): ServiceReference[] {
  const { data } = manifest;
  const paths = listAt(data, ['spec', 'rules']).flatMap((rule, index) =>
    listAt(rule, ['http', 'paths']).map((one, at) => ({
      // Without the host, which differs from one environment to the next.
      by: `backend of ${textAt(one, ['path']) ?? '/'}`,
      path: ['spec', 'rules', index, 'http', 'paths', at, 'backend', 'service'] as FieldPath,
    })),
  );
  const all = [{ by: 'default backend', path: ['spec', 'defaultBackend', 'service'] }, ...paths];
  return all.flatMap(({ by, path }) => {
    const name = textAt(data, [...path, 'name']);
    if (!name) return [];
    const port = recordAt(data, [...path, 'port']);
    const field = typeof port.number === 'number' ? 'number' : 'name';
    return {
      ...{ manifest, by, name, path: [...path, 'name'], namespace: manifest.namespace },
      ...portOf(port[field], [...path, 'port', field]),
    };
  });
}

function routesOf(manifest: Manifest): ServiceReference[] {
  return listAt(manifest.data, ['spec', 'rules']).flatMap((rule, index) => [
    ...listAt(rule, ['backendRefs']).flatMap((_, at) =>
      backendRef(manifest, ['spec', 'rules', index, 'backendRefs', at]),
    ),
    ...listAt(rule, ['filters']).flatMap((_, at) =>
      backendRef(manifest, ['spec', 'rules', index, 'filters', at, 'requestMirror', 'backendRef']),
    ),
  ]);
}

function backendRef(manifest: Manifest, path: FieldPath): ServiceReference[] {
  const { group = '', kind = 'Service', name, namespace, port } = recordAt(manifest.data, path);
  if (group !== '' || kind !== 'Service' || typeof name !== 'string' || name === '') return [];
  const at = typeof namespace === 'string' ? namespace : manifest.namespace;
  return [
    {
      ...{ manifest, by: 'backendRef', name, path: [...path, 'name'], namespace: at },
      ...portOf(port, [...path, 'port']),
    },
  ];
}

/** What the API server itself calls; it takes port 443 when none is said. */
function clientOf(manifest: Manifest, path: FieldPath, by: string): ServiceReference[] {
  const { name, namespace, port } = recordAt(manifest.data, path);
  if (typeof name !== 'string' || typeof namespace !== 'string' || name === '') return [];
  const isSaid = valueAt(manifest.data, [...path, 'port']) !== undefined;
  return [
    {
      ...{ manifest, by, name, path: [...path, 'name'], namespace },
      ...portOf(isSaid ? port : 443, isSaid ? [...path, 'port'] : [...path, 'name']),
    },
  ];
}

function portOf(
  port: unknown,
  portPath: FieldPath,
): { port?: number | string; portPath?: FieldPath } {
  const isPort = typeof port === 'number' || (typeof port === 'string' && port !== '');
  return isPort ? { port, portPath } : {};
}
