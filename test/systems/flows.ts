import { isRecord, listAt, recordAt, textAt, valueAt } from '../../scripts/kubernetes/fields.ts';
import { podLabelsOf } from '../../scripts/kubernetes/workloads.ts';
import type { Manifest } from '../../scripts/model.ts';
import { all, type Check, type System } from './system.ts';

/** One end of a connection: a workload of the system, pods of anybody, or a machine outside. */
export type End =
  | string
  | { readonly namespace: string; readonly labels?: Readonly<Record<string, string>> }
  | { readonly ip: string };

/** The platform's pods that systems talk with. */
export const platform: Readonly<Record<'nginx' | 'prometheus' | 'dns' | 'keda', End>> = {
  nginx: { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
  prometheus: { namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' } },
  dns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  keda: { namespace: 'keda', labels: { 'app.kubernetes.io/name': 'keda-operator' } },
};

/** The NetworkPolicies let each of these connections through. */
export function flows(...connections: readonly (readonly [End, End, number])[]): Check {
  return (system) =>
    connections
      .filter(([from, to, port]) => !isAllowed(system, from, to, port))
      .map((connection) => `${tell(connection)} is blocked`);
}

/** The NetworkPolicies let none of these connections through. */
export function noFlows(...connections: readonly (readonly [End, End, number])[]): Check {
  return (system) =>
    connections
      .filter(([from, to, port]) => isAllowed(system, from, to, port))
      .map((connection) => `${tell(connection)} is open`);
}

function tell([from, to, port]: readonly [End, End, number]): string {
  return `${JSON.stringify(from)} to ${JSON.stringify(to)}:${port}`;
}

/** An end with what policies select by. */
interface Peer {
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly ip?: string;
  /** Port numbers by name. */
  readonly ports: ReadonlyMap<string, number>;
}

function isAllowed(system: System, from: End, to: End, port: number): boolean {
  const [source, target] = [peerOf(system, from), peerOf(system, to)];
  if (!source || !target) return false;
  return (
    passes(system, 'egress', source, target, target, port) &&
    passes(system, 'ingress', target, source, target, port)
  );
}

function peerOf(system: System, end: End): Peer | undefined {
  if (typeof end !== 'string') {
    if ('ip' in end) return { labels: {}, ip: end.ip, ports: new Map() };
    return { namespace: end.namespace, labels: end.labels ?? {}, ports: new Map() };
  }
  const workload = all(system, 'Deployment', 'StatefulSet', 'CronJob', 'Job').find(
    ({ name }) => name === end,
  );
  if (!workload) return undefined;
  const containers = listAt(workload.data, ['spec', 'template', 'spec', 'containers']);
  const ports = containers
    .flatMap((container) => listAt(container, ['ports']))
    .map((port) => [String(valueAt(port, ['name'])), Number(valueAt(port, ['containerPort']))]);
  return {
    ...(workload.namespace && { namespace: workload.namespace }),
    labels: podLabelsOf(workload) ?? {},
    ports: new Map(ports as [string, number][]),
  };
}

/** Whether one direction of policies lets a connection of `own` with `other` through. */
function passes(
  system: System,
  direction: 'ingress' | 'egress',
  own: Peer,
  other: Peer,
  target: Peer,
  port: number,
): boolean {
  const selecting = all(system, 'NetworkPolicy').filter(
    (policy) =>
      policy.namespace === own.namespace &&
      typesOf(policy).has(direction) &&
      selects(valueAt(policy.data, ['spec', 'podSelector']), own.labels),
  );
  if (selecting.length === 0) return true;
  return selecting.some((policy) =>
    listAt(policy.data, ['spec', direction]).some((rule) => {
      const peers = listAt(rule, [direction === 'ingress' ? 'from' : 'to']);
      const ports = listAt(rule, ['ports']);
      return (
        (peers.length === 0 || peers.some((peer) => isPeer(peer, other, policy))) &&
        (ports.length === 0 || ports.some((one) => isPort(one, port, target)))
      );
    }),
  );
}

function typesOf({ data }: Manifest): ReadonlySet<string> {
  const types = listAt(data, ['spec', 'policyTypes']).map((type) => String(type).toLowerCase());
  if (types.length > 0) return new Set(types);
  return new Set(valueAt(data, ['spec', 'egress']) ? ['ingress', 'egress'] : ['ingress']);
}

function isPeer(peer: unknown, { namespace, labels, ip }: Peer, policy: Manifest): boolean {
  const block = valueAt(peer, ['ipBlock']);
  if (block !== undefined) return ip !== undefined && isInBlock(ip, block);
  if (namespace === undefined) return false;
  const namespaces = valueAt(peer, ['namespaceSelector']);
  const pods = valueAt(peer, ['podSelector']);
  const isNamespace =
    namespaces === undefined
      ? namespace === policy.namespace
      : selects(namespaces, { 'kubernetes.io/metadata.name': namespace });
  return isNamespace && (pods === undefined || selects(pods, labels));
}

function isPort(port: unknown, number: number, target: Peer): boolean {
  if ((textAt(port, ['protocol']) ?? 'TCP') !== 'TCP') return false;
  const wanted = valueAt(port, ['port']);
  const first = typeof wanted === 'string' ? target.ports.get(wanted) : wanted;
  const last = valueAt(port, ['endPort']) ?? first;
  return wanted === undefined || (number >= Number(first) && number <= Number(last));
}

function isInBlock(ip: string, block: unknown): boolean {
  const isIn = (cidr: string): boolean => {
    if (cidr.includes(':')) return false;
    const [base = '', bits = '32'] = cidr.split('/');
    const size = 2 ** (32 - Number(bits));
    return Math.floor(addressOf(ip) / size) === Math.floor(addressOf(base) / size);
  };
  return (
    isIn(textAt(block, ['cidr']) ?? '') &&
    !listAt(block, ['except']).some((cidr) => isIn(String(cidr)))
  );
}

function addressOf(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Whether a label selector takes something with these labels; an empty one takes everything. */
export function selects(selector: unknown, labels: Readonly<Record<string, unknown>>): boolean {
  const equal = Object.entries(recordAt(selector, ['matchLabels'])).every(
    ([key, value]) => labels[key] === value,
  );
  return equal && listAt(selector, ['matchExpressions']).every((one) => holds(one, labels));
}

function holds(expression: unknown, labels: Readonly<Record<string, unknown>>): boolean {
  if (!isRecord(expression)) return false;
  const value = labels[String(expression.key)];
  const values = listAt(expression, ['values']);
  if (expression.operator === 'Exists') return value !== undefined;
  if (expression.operator === 'DoesNotExist') return value === undefined;
  return values.includes(value) === (expression.operator === 'In');
}
