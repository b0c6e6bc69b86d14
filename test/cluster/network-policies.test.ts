import { expect, test } from 'vitest';
import { clusterIndexOf } from '../../scripts/cluster/cluster-index.ts';
import { foreignEnd, type NetworkEnd } from '../../scripts/cluster/network-ends.ts';
import { admits, type Verdict } from '../../scripts/cluster/network-policies.ts';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import type { ClusterView, Target } from '../../scripts/model.ts';

const target: Target = {
  name: 'clusters/prod',
  path: 'clusters/prod',
  kind: 'manifests',
  clusters: ['prod'],
  engines: ['flux'],
  syncedBy: [],
};

/** A whole cluster with two namespaces and the policies of one of them. */
function indexWith(specs: readonly unknown[]) {
  const namespaces = ['shop', 'data'].map((name) => ({
    ...{ apiVersion: 'v1', kind: 'Namespace' },
    metadata: { name, labels: { team: name } },
  }));
  const policies = specs.map((spec, at) => ({
    ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
    metadata: { name: `policy-${at}`, namespace: 'shop' },
    spec,
  }));
  const manifests = manifestsOf([...namespaces, ...policies], { target });
  const view: ClusterView = {
    cluster: {
      ...{ name: 'prod', environment: 'prod', file: 'clusters/prod/cluster.yaml' },
      ...{ variables: {}, charts: {} },
      external: { namespaces: [], services: [], secrets: [], stores: [] },
    },
    rendered: [{ target, manifests, files: [], failures: [] }],
  };
  return clusterIndexOf(view);
}

function pods(app: string, namespace = 'shop'): NetworkEnd {
  return {
    ...{ namespace, labels: { app }, mayHave: () => false, isOnHost: false },
    ports: [{ number: 8080, name: 'http' }],
  };
}

const ingress = (rule: unknown) => ({ podSelector: {}, ingress: [rule] });
const from = (peer: unknown) => ingress({ from: [peer] });
const app = (name: string) => ({ matchLabels: { app: name } });
const team = (name: string) => ({ matchLabels: { team: name } });

/** Policies of the called pods' namespace, and whether \`api\` may call \`web\` at 8080 of TCP. */
const cases: readonly [string, readonly unknown[], Verdict][] = [
  ['no policy', [], 'yes'],
  ['a policy for other pods', [{ podSelector: app('other') }], 'yes'],
  ['egress only', [{ podSelector: {}, policyTypes: ['Egress'] }], 'yes'],
  ['ingress is the type by default', [{ podSelector: {} }], 'no'],
  ['an empty rule', [ingress({})], 'yes'],
  ['empty lists', [ingress({ from: [], ports: [] })], 'yes'],
  ['one of two policies', [{ podSelector: {} }, ingress({})], 'yes'],
  ['the pods', [from({ podSelector: app('api') })], 'yes'],
  ['other pods', [from({ podSelector: app('web') })], 'no'],
  ['the namespace', [from({ namespaceSelector: team('shop') })], 'yes'],
  ['another namespace', [from({ namespaceSelector: team('data') })], 'no'],
  ['both in one peer', [from({ namespaceSelector: team('shop'), podSelector: app('web') })], 'no'],
  ['the name of the namespace', [from({ namespaceSelector: nameIs('shop') })], 'yes'],
  ['all addresses', [from({ ipBlock: { cidr: '0.0.0.0/0' } })], 'yes'],
  ['some addresses', [from({ ipBlock: { cidr: '10.0.0.0/8' } })], 'unknown'],
  ['the port', [ingress({ ports: [{ port: 8080 }] })], 'yes'],
  ['the port by name', [ingress({ ports: [{ port: 'http' }] })], 'yes'],
  ['another name', [ingress({ ports: [{ port: 'grpc' }] })], 'no'],
  ['another protocol', [ingress({ ports: [{ port: 8080, protocol: 'UDP' }] })], 'no'],
  ['a range', [ingress({ ports: [{ port: 8000, endPort: 9000 }] })], 'yes'],
  ['a range below', [ingress({ ports: [{ port: 8000, endPort: 8079 }] })], 'no'],
  ['every port of the protocol', [ingress({ ports: [{ protocol: 'TCP' }] })], 'yes'],
  [
    'two halves in two rules',
    [
      {
        podSelector: {},
        ingress: [{ from: [{ podSelector: app('web') }] }, { ports: [{ port: 1 }] }],
      },
    ],
    'no',
  ],
];

function nameIs(name: string) {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

test.for(cases)('ingress: %s', ([, specs, expected]) => {
  const port = { protocol: 'TCP', number: 8080 };
  expect(admits(indexWith(specs), 'ingress', pods('web'), pods('api'), port)).toBe(expected);
});

test('egress is judged by the namespace of the caller, and by the ports of the called', () => {
  const egress = (rule: unknown) => indexWith([{ podSelector: {}, egress: [rule] }]);
  const port = { protocol: 'TCP', number: 8080 };
  const data = { namespaceSelector: team('data') };
  const called = pods('web', 'data');
  const named = egress({ to: [data], ports: [{ port: 'http' }] });
  expect(admits(named, 'egress', pods('api'), called, port)).toBe('yes');
  const inNamespace = egress({ to: [{ podSelector: app('web') }] });
  expect(admits(inNamespace, 'egress', pods('api'), called, port)).toBe('no');
  expect(admits(inNamespace, 'ingress', called, pods('api'), port)).toBe('yes');
});

test('what others know of pods is never taken for certain', () => {
  const index = indexWith([from({ namespaceSelector: nameIs('data'), podSelector: app('x') })]);
  const port = { protocol: 'TCP', number: 8080 };
  const ask = (end: NetworkEnd) => admits(index, 'ingress', pods('web'), end, port);
  expect(ask(foreignEnd('data'))).toBe('unknown');
  expect(ask(foreignEnd('data', { app: 'x' }))).toBe('yes');
  expect(ask(foreignEnd('data', { app: 'y' }))).toBe('no');
  expect(ask(foreignEnd('elsewhere'))).toBe('no');
  expect(ask({ ...pods('api'), isOnHost: true })).toBe('unknown');
});
