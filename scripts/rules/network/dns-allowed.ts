import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { declaredFlowsOf } from '../../cluster/declared-flows.ts';
import { endOf, type NetworkEnd } from '../../cluster/network-ends.ts';
import { admits, policiesOf, selectsAll, type Verdict } from '../../cluster/network-policies.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest } from '../../model.ts';

export const dnsAllowed: ClusterRule = {
  id: 'network/dns-allowed',
  scope: 'cluster',
  severity: 'error',
  summary:
    'Pods whose egress is closed can still ask the DNS of the cluster, when they call Services by name.',
  why: 'Without DNS no name of a Service means anything, so every other egress rule is in vain.',
  fix: 'Allow egress to port 53, UDP and TCP, of the pods k8s-app=kube-dns in namespace kube-system.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    const told = new Set<Manifest>();
    for (const { workload, shown } of declaredFlowsOf(index)) {
      const client = endOf(index, workload);
      if (!client) continue;
      const udp = asks(index, client, 'UDP');
      const isSlow = udp === 'yes' && asks(index, client, 'TCP') === 'no';
      if (udp !== 'no' && !isSlow) continue;
      const isolating = policiesOf(index, 'egress', client).map(({ manifest }) => manifest);
      const policy = isolating.find(selectsAll) ?? isolating[0];
      if (!policy || told.has(policy)) continue;
      told.add(policy);
      const who = `${describe(workload.manifest)}, which calls ${shown}`;
      const path = ['spec', 'podSelector'];
      yield isSlow
        ? {
            manifest: policy,
            path,
            message: `no egress rule lets ${who}, ask DNS over TCP`,
            fix: 'Allow TCP besides UDP: answers that do not fit into a packet are asked for again over it.',
            severity: 'note' as const,
          }
        : { manifest: policy, path, message: `no egress rule lets ${who}, ask DNS` };
    }
  },
};

/** Pods of DNS have other labels, too, and some clusters run it elsewhere as well. */
const dns: NetworkEnd = {
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  mayHave: () => true,
  isOnHost: false,
};

function asks(index: ClusterIndex, client: NetworkEnd, protocol: string): Verdict {
  return admits(index, 'egress', client, dns, { protocol, number: 53 });
}
