import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { labelHint, shownSelector } from '../../cluster/label-hint.ts';
import { namespaceNames, namespacesMatching } from '../../cluster/namespace-selection.ts';
import { selectionOf } from '../../cluster/selection.ts';
import { isRecord, listAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, FieldPath, Manifest, Problem } from '../../model.ts';

export const networkPolicyPeersExist: ClusterRule = {
  id: 'selectors/network-policy-peers-exist',
  scope: 'cluster',
  severity: 'error',
  summary: 'The namespaces and pods that a NetworkPolicy lets through are there.',
  why: 'A peer that nothing matches allows nothing: the flow it was written for is blocked.',
  fix: 'Make the selectors equal to labels of the namespace and of the pods, or declare the namespace under `external.namespaces` in cluster.yaml.',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    for (const manifest of index.objects('networking.k8s.io', 'NetworkPolicy')) {
      for (const [direction, side] of [
        ['ingress', 'from'],
        ['egress', 'to'],
      ] as const) {
        for (const [at, rule] of listAt(manifest.data, ['spec', direction]).entries()) {
          for (const [peerAt, peer] of listAt(rule, [side]).entries()) {
            yield* judge(index, manifest, peer, ['spec', direction, at, side, peerAt]);
          }
        }
      }
    }
  },
};

function* judge(
  index: ClusterIndex,
  manifest: Manifest,
  peer: unknown,
  path: FieldPath,
): Generator<Problem> {
  if (!isRecord(peer) || peer.ipBlock !== undefined) return;
  const { podSelector, namespaceSelector } = peer;
  let names: readonly string[] = manifest.namespace ? [manifest.namespace] : [];
  if (isRecord(namespaceSelector)) {
    const found = namespacesMatching(index, namespaceSelector);
    if (found.mayHaveMore && found.names.length === 0) return;
    if (found.names.length === 0) {
      const known = namespaceNames(index).map((name) => ({ 'kubernetes.io/metadata.name': name }));
      const labels = [...index.namespaces.values()].map((one) => one.labels);
      yield {
        manifest,
        path: [...path, 'namespaceSelector'],
        message: `namespaceSelector ${shownSelector(namespaceSelector)} matches no namespace of the cluster`,
        ...labelHint(namespaceSelector, [...labels, ...known]),
      };
      return;
    }
    if (found.mayHaveMore) return;
    names = found.names;
  }
  if (!isRecord(podSelector) || names.length === 0) return;
  const selections = names.map((name) => selectionOf(index, podSelector, name));
  if (selections.some((one) => one !== 'none')) return;
  const near = index.workloads.filter((one) => names.includes(one.namespace ?? ''));
  const hint = labelHint(
    podSelector,
    near.map(({ labels }) => labels),
  );
  const where = names.length === 1 ? `namespace ${names[0]}` : `${names.length} namespaces`;
  yield {
    manifest,
    path: [...path, 'podSelector'],
    message: `podSelector ${shownSelector(podSelector)} matches the pods of no workload in ${where}`,
    ...hint,
    // Without a slip to point at, the peer may be one that comes later.
    ...(hint.fix?.startsWith('Did you mean') ? {} : { severity: 'warning' as const }),
  };
}
