import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { labelHint, shownSelector } from '../../cluster/label-hint.ts';
import { selectionOf } from '../../cluster/selection.ts';
import type { Workload } from '../../cluster/workloads.ts';
import { isRecord, listAt, valueAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, FieldPath, Problem } from '../../model.ts';

export const affinityFindsPods: ClusterRule = {
  id: 'selectors/affinity-finds-pods',
  scope: 'cluster',
  severity: 'error',
  summary: 'The pods that an affinity keeps near to or away from are there.',
  why: 'A pod that must be near to pods which do not exist stays pending; one that keeps away from none is not kept away.',
  fix: 'Make `labelSelector` equal to labels in the pod template of the workload that is meant.',
  docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    for (const workload of index.workloads) {
      for (const kind of ['podAffinity', 'podAntiAffinity']) {
        const base = ['affinity', kind];
        for (const [at] of listAt(workload.spec, [...base, required]).entries()) {
          const severity = kind === 'podAffinity' ? 'error' : 'warning';
          yield* judge(index, workload, [...base, required, at], severity);
        }
        for (const [at] of listAt(workload.spec, [...base, preferred]).entries()) {
          yield* judge(index, workload, [...base, preferred, at, 'podAffinityTerm'], 'warning');
        }
      }
    }
  },
};

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

function* judge(
  index: ClusterIndex,
  { manifest, spec, specPath, namespace }: Workload,
  at: FieldPath,
  severity: 'error' | 'warning',
): Generator<Problem> {
  const term = valueAt(spec, at);
  // Of namespaces by label only the cluster knows which there are.
  if (!isRecord(term) || !isRecord(term.labelSelector) || term.namespaceSelector) return;
  const listed = listAt(term, ['namespaces']).filter((one) => typeof one === 'string');
  const names = listed.length > 0 ? listed : [namespace];
  const selector = term.labelSelector;
  if (names.some((name) => selectionOf(index, selector, name) !== 'none')) return;
  const near = index.workloads.filter((one) => names.includes(one.namespace));
  yield {
    manifest,
    path: [...specPath, ...at, 'labelSelector'],
    message: `${String(at[1])} ${shownSelector(selector)} matches the pods of no workload in namespace ${names.join(', ')}`,
    severity,
    ...labelHint(
      selector,
      near.map(({ labels }) => labels),
    ),
  };
}
