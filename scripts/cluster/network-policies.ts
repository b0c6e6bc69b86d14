import { isRecord, listAt, recordAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { isEmptySelector, mismatchOf } from '../kubernetes/label-selectors.ts';
import type { Manifest } from '../model.ts';
import type { ClusterIndex } from './cluster-index.ts';
import { type NetworkEnd, namespaceEndOf } from './network-ends.ts';

/** Whether something is so; `unknown` where others may decide it. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** A way through the network as the pod that is called sees it. */
export interface NetworkPort {
  readonly protocol: string;
  /** Absent when it is not known. */
  readonly number?: number;
}

export type Direction = 'ingress' | 'egress';

/**
 * Whether the NetworkPolicies of one end's namespace let a connection pass. Pods that no
 * policy selects are open; policies add up, and nothing in them forbids.
 *
 * @param own the end that is judged: the caller for `egress`, the called for `ingress`
 */
export function admits(
  index: ClusterIndex,
  direction: Direction,
  own: NetworkEnd,
  peer: NetworkEnd,
  port: NetworkPort,
): Verdict {
  // Policies see pods on the node's network as the node.
  if (own.isOnHost || peer.isOnHost) return 'unknown';
  const called = direction === 'ingress' ? own : peer;
  const selected = policiesOf(index, direction, own);
  if (selected.length === 0) return 'yes';
  let best: Verdict = selected.some(({ surely }) => surely) ? 'no' : 'unknown';
  for (const { manifest, surely } of selected) {
    for (const rule of listAt(manifest.data, ['spec', direction])) {
      const passes = both(
        portPasses(rule, port, called),
        peerPasses(rule, direction, own.namespace, peer, index),
      );
      if (passes === 'yes' && surely) return 'yes';
      if (passes !== 'no') best = 'unknown';
    }
  }
  return best === 'no' && mayHaveOthers(index, own.namespace) ? 'unknown' : best;
}

/** A policy that isolates pods, and whether it surely does. */
interface Isolating {
  readonly manifest: Manifest;
  readonly surely: boolean;
}

/** The policies of one direction that select pods, or may. */
export function policiesOf(
  index: ClusterIndex,
  direction: Direction,
  own: NetworkEnd,
): Isolating[] {
  return isolatingIn(index, direction, own.namespace).flatMap((manifest) => {
    const selects = meets(valueAt(manifest.data, ['spec', 'podSelector']), own);
    return selects === 'no' ? [] : { manifest, surely: selects === 'yes' };
  });
}

const byNamespace = new WeakMap<ClusterIndex, Map<string | undefined, Manifest[]>>();

/** The policies of a namespace that isolate pods in one direction. */
export function isolatingIn(
  index: ClusterIndex,
  direction: Direction,
  namespace: string,
): Manifest[] {
  let grouped = byNamespace.get(index);
  if (!grouped) {
    const all = index.objects('networking.k8s.io', 'NetworkPolicy');
    grouped = Map.groupBy(all, (one) => one.namespace);
    byNamespace.set(index, grouped);
  }
  return (grouped.get(namespace) ?? []).filter((one) => isolates(one, direction));
}

/** Whether a policy is for every pod of its namespace. */
export function selectsAll({ data }: Manifest): boolean {
  return isEmptySelector(valueAt(data, ['spec', 'podSelector']));
}

/** Ingress unless said otherwise; egress where there are rules for it. */
function isolates({ data }: Manifest, direction: Direction): boolean {
  const types = valueAt(data, ['spec', 'policyTypes']);
  if (Array.isArray(types) && types.length > 0) {
    return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  }
  return direction === 'ingress' || listAt(data, ['spec', 'egress']).length > 0;
}

/** Whether policies that are not seen may let something pass: a chart's, or another kind's. */
export function mayHaveOthers(index: ClusterIndex, namespace: string): boolean {
  let others = otherKinds.get(index);
  if (others === undefined) {
    others = index.manifests.some(
      ({ apiVersion, kind }) =>
        kind.endsWith('NetworkPolicy') && !apiVersion.startsWith('networking.k8s.io/'),
    );
    otherKinds.set(index, others);
  }
  return others || index.elsewhere.isOpen(namespace);
}

const otherKinds = new WeakMap<ClusterIndex, boolean>();

function portPasses(rule: unknown, port: NetworkPort, called: NetworkEnd): Verdict {
  const ports = listAt(rule, ['ports']);
  return ports.length === 0 ? 'yes' : any(ports.map((one) => isPort(one, port, called)));
}

function isPort(allowed: unknown, { protocol, number }: NetworkPort, called: NetworkEnd): Verdict {
  if (!isRecord(allowed)) return 'unknown';
  if ((textAt(allowed, ['protocol']) ?? 'TCP') !== protocol) return 'no';
  const { port, endPort } = allowed;
  if (port === undefined || port === null) return 'yes';
  if (number === undefined) return 'unknown';
  if (typeof port === 'number') {
    const last = typeof endPort === 'number' ? endPort : port;
    return number >= port && number <= last ? 'yes' : 'no';
  }
  if (!called.ports) return 'unknown';
  return called.ports.some((one) => one.name === port && one.number === number) ? 'yes' : 'no';
}

function peerPasses(
  rule: unknown,
  direction: Direction,
  namespace: string,
  peer: NetworkEnd,
  index: ClusterIndex,
): Verdict {
  const peers = listAt(rule, [direction === 'ingress' ? 'from' : 'to']);
  if (peers.length === 0) return 'yes';
  return any(peers.map((one) => isPeer(one, namespace, peer, index)));
}

function isPeer(
  allowed: unknown,
  namespace: string,
  peer: NetworkEnd,
  index: ClusterIndex,
): Verdict {
  if (!isRecord(allowed)) return 'unknown';
  const { ipBlock, namespaceSelector, podSelector } = allowed;
  if (isRecord(ipBlock)) {
    const isEverywhere = ipBlock.cidr === '0.0.0.0/0' && listAt(ipBlock, ['except']).length === 0;
    // Which addresses pods have only the cluster knows.
    return isEverywhere ? 'yes' : 'unknown';
  }
  const inNamespace = isRecord(namespaceSelector)
    ? meets(namespaceSelector, namespaceEndOf(index, peer.namespace))
    : peer.namespace === namespace
      ? 'yes'
      : 'no';
  return both(inNamespace, isRecord(podSelector) ? meets(podSelector, peer) : 'yes');
}

/** Whether a selector matches labels of which some may not be known. */
function meets(
  selector: unknown,
  { labels, mayHave }: Pick<NetworkEnd, 'labels' | 'mayHave'>,
): Verdict {
  const requirements: [string, unknown][] = [
    ...Object.entries(recordAt(selector, ['matchLabels'])).map(
      ([key, value]): [string, unknown] => [key, { matchLabels: { [key]: value } }],
    ),
    ...listAt(selector, ['matchExpressions']).map((one): [string, unknown] => [
      textAt(one, ['key']) ?? '',
      { matchExpressions: [one] },
    ]),
  ];
  let verdict: Verdict = 'yes';
  for (const [key, one] of requirements) {
    if (!Object.hasOwn(labels, key) && mayHave(key)) verdict = 'unknown';
    else if (mismatchOf(one, labels) !== undefined) return 'no';
  }
  return verdict;
}

function both(a: Verdict, b: Verdict): Verdict {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'unknown';
}

function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('yes')) return 'yes';
  return verdicts.includes('unknown') ? 'unknown' : 'no';
}
