import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { type DeclaredFlow, declaredFlowsOf } from '../../cluster/declared-flows.ts';
import { endOf, foreignEnd, type NetworkEnd } from '../../cluster/network-ends.ts';
import { admits, type Direction, policiesOf } from '../../cluster/network-policies.ts';
import { podsBehind } from '../../cluster/service-ends.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Problem } from '../../model.ts';

export const flowsAllowed: ClusterRule = {
  id: 'network/flows-allowed',
  scope: 'cluster',
  severity: 'error',
  summary:
    'A Service whose address a workload is given can be reached from it: the NetworkPolicies of both sides allow it.',
  why: 'Connections that a policy does not allow are dropped without a word: the caller waits until its timeout.',
  fix: 'Allow the flow on both sides: egress of the caller, ingress of the pods that are called, both with the port of the pod.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    const told = new Set<string>();
    for (const flow of declaredFlowsOf(index)) {
      const { workload, service, port } = flow;
      for (const [direction, problem] of judge(index, flow)) {
        const ends = [describe(workload.manifest), service.namespace, service.name, port];
        const key = JSON.stringify([...ends, direction]);
        if (told.has(key)) continue;
        told.add(key);
        yield problem;
      }
    }
  },
};

function* judge(index: ClusterIndex, flow: DeclaredFlow): Generator<[Direction, Problem]> {
  const { workload, value, service, port, shown } = flow;
  const client = endOf(index, workload);
  if (!client) return;
  const { manifest } = workload;
  const common = {
    manifest,
    path: value.path,
    // All of a ConfigMap may be there for the sake of others.
    ...(value.isShared && { severity: 'warning' as const }),
  };
  const says = `${value.by} is ${shown}`;
  if (!service.manifest) {
    const server = foreignEnd(service.namespace);
    if (!service.isExternal) return;
    if (admits(index, 'egress', client, server, { protocol: 'TCP' }) !== 'no') return;
    yield [
      'egress',
      {
        ...common,
        message: `${says}, which no egress rule reaches`,
        fix: fixOf(index, client, 'egress'),
      },
    ];
    return;
  }
  const called = podsBehind(index, service.manifest, port);
  // Its own address is what it tells others.
  if (called.some((one) => one.workload === workload)) return;
  const out = called.find((one) => admits(index, 'egress', client, one.end, one.port) === 'no');
  if (out) {
    yield [
      'egress',
      {
        ...common,
        message: `${says}, which no egress rule reaches`,
        fix: fixOf(index, client, 'egress', out.port.number),
      },
    ];
  }
  const into = called.find((one) => admits(index, 'ingress', one.end, client, one.port) === 'no');
  if (into) {
    yield [
      'ingress',
      {
        ...common,
        message: `${says}, and ${describe(into.workload.manifest)} lets it in by no ingress rule`,
        fix: fixOf(index, into.end, 'ingress', into.port.number),
      },
    ];
  }
}

function fixOf(index: ClusterIndex, end: NetworkEnd, direction: Direction, port?: number): string {
  const names = policiesOf(index, direction, end).flatMap(({ manifest, surely }) =>
    surely ? manifest.name : [],
  );
  const shown = [...new Set(names)].slice(0, 4).join(', ');
  return `Allow it in ${direction}${port ? ` at port ${port} of the pods` : ''}: in namespace ${end.namespace} ${shown} decide${names.length === 1 ? 's' : ''}.`;
}
