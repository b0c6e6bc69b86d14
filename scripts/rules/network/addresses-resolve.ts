import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import {
  type DeclaredFlow,
  declaredFlowsOf,
  isHeadless,
  servicePortOf,
} from '../../cluster/declared-flows.ts';
import { isRecord, listAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Problem } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';

export const addressesResolve: ClusterRule = {
  id: 'network/addresses-resolve',
  scope: 'cluster',
  severity: 'error',
  summary:
    'An address of the cluster that a workload is given names a Service that is there, and a port of it.',
  why: 'Nothing compares such a text with the Services: the pods start, and then every call fails.',
  fix: 'Take the name and the port from the Service, and declare what others bring under `external.services` in cluster.yaml.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    const told = new Set<string>();
    for (const flow of declaredFlowsOf(index)) {
      const problem = problemOf(index, flow);
      const key = `${describe(flow.workload.manifest)} ${problem?.message}`;
      if (!problem || told.has(key)) continue;
      told.add(key);
      yield problem;
    }
  },
};

function problemOf(index: ClusterIndex, flow: DeclaredFlow): Problem | undefined {
  const { workload, value, service, port, shown } = flow;
  const common = { manifest: workload.manifest, path: value.path };
  if (service.manifest) {
    if (port === undefined || isHeadless(service.manifest)) return undefined;
    if (servicePortOf(service.manifest, port)) return undefined;
    const ports = listAt(service.manifest.data, ['spec', 'ports']).filter(isRecord);
    // Without any, what stands behind it decides.
    if (ports.length === 0) return undefined;
    return {
      ...common,
      message: `${value.by} is ${shown}, and Service ${service.namespace}/${service.name} has no port ${port}`,
      fix: `It has ${ports.map((one) => one.port).join(', ')}.`,
    };
  }
  if (service.isExternal) return undefined;
  const { name, namespace } = service;
  const isSeen = index.namespaces.get(namespace)?.isExternal === false;
  const aliases = listAt(workload.spec, ['hostAliases']).flatMap((one) =>
    listAt(one, ['hostnames']),
  );
  if (!isSeen || aliases.includes(name) || index.elsewhere.mayHold('Service', name, namespace))
    return undefined;
  const names = index
    .objects('', 'Service')
    .filter((one) => one.namespace === namespace)
    .slice(0, 300)
    .map((one) => one.name);
  const meant = nearest(name, names);
  // A single word may be any host, unless it is nearly the name of a Service.
  if (!meant && !service.isQualified) return undefined;
  return {
    ...common,
    message: `${value.by} is ${shown}, and there is no Service ${namespace}/${name}`,
    ...(meant && { fix: `Did you mean "${meant}"?` }),
  };
}
