import type { Manifest } from '../model.ts';
import type { ClusterIndex } from './cluster-index.ts';

/** A Service that a host name of the cluster's DNS stands for. */
export interface NamedService {
  readonly name: string;
  readonly namespace: string;
  /** Absent when it is declared as external, or nowhere. */
  readonly manifest?: Manifest;
  /** Whether `cluster.yaml` declares it. */
  readonly isExternal: boolean;
  /** Whether the host can be nothing but a Service of that namespace. */
  readonly isQualified: boolean;
}

/**
 * What a host name means to a pod: `redis`, `redis.shop`, `redis.shop.svc.cluster.local` and
 * the same with the name of a pod in front. Undefined when it may be anything.
 */
export function serviceNamed(
  index: ClusterIndex,
  host: string,
  namespace: string,
): NamedService | undefined {
  const labels = host.split('.');
  const service = labels.indexOf('svc') - 2;
  if (service >= 0) {
    const [name = '', of = ''] = labels.slice(service);
    const zone = labels.slice(service + 3);
    const isOwn = zone.length === 0 || zone.join('.') === 'cluster.local';
    return isOwn ? { ...find(index, name, of), isQualified: true } : undefined;
  }
  if (labels.length > 2) return undefined;
  const [name = '', of = namespace] = labels;
  const ways: [string, string][] = [[name, of]];
  // A pod of a headless Service of the same namespace.
  if (labels.length === 2) ways.push([of, namespace]);
  for (const [one, where] of ways) {
    const found = find(index, one, where);
    if (found.manifest || found.isExternal) return { ...found, isQualified: false };
  }
  return labels.length === 1 ? { ...find(index, name, of), isQualified: false } : undefined;
}

function find(index: ClusterIndex, name: string, namespace: string) {
  const manifest = index.find('', 'Service', name, namespace);
  const isExternal = index.externalServices.has(`${namespace}/${name}`);
  return { name, namespace, isExternal, ...(manifest && { manifest }) };
}
