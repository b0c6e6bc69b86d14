import { type ClusterIndex, indexesOf } from '../../cluster/cluster-index.ts';
import { podsMatching } from '../../cluster/selection.ts';
import { isRecord, valueAt } from '../../kubernetes/fields.ts';
import { isEmptySelector } from '../../kubernetes/label-selectors.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';

export const workloadsApart: ClusterRule = {
  id: 'selectors/workloads-apart',
  scope: 'cluster',
  severity: 'error',
  summary: 'No workload selects the pods of another one.',
  why: 'Controllers that select the same pods fight over orphans, and autoscalers, budgets and `kubectl rollout` count pods that are not theirs.',
  fix: 'Give each workload a label of its own, such as app.kubernetes.io/component, in selector and template.',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',

  *check(view) {
    for (const index of indexesOf(view)) yield* judge(index);
  },
};

function* judge(index: ClusterIndex): Generator<Problem> {
  for (const { manifest, namespace } of index.workloads) {
    if (!isController(manifest)) continue;
    const selector = valueAt(manifest.data, ['spec', 'selector']);
    if (!isRecord(selector) || isEmptySelector(selector)) continue;
    const other = podsMatching(index, selector, namespace).find(
      (one) => isController(one.manifest) && !isSame(one.manifest, manifest),
    );
    if (!other) continue;
    const { kind, name } = other.manifest;
    const message = `selector of ${manifest.kind} ${manifest.name} also matches the pods of ${kind} ${name}`;
    yield { manifest, path: ['spec', 'selector'], message };
  }
}

const controllers = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

function isController({ apiVersion, kind }: Manifest): boolean {
  return groupOf(apiVersion) === 'apps' && controllers.includes(kind);
}

/** One object may be in several targets. */
function isSame(a: Manifest, b: Manifest): boolean {
  return a.kind === b.kind && a.name === b.name;
}
