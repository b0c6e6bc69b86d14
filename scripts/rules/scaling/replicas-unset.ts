import { landingsOf } from '../../capacity/landings.ts';
import { autoscalersOf, keyOf } from '../../capacity/scales.ts';
import { items, plain } from '../../kubernetes/faults.ts';
import { listAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { describe, groupOf } from '../../kubernetes/manifests.ts';
import { syncedPathsOf } from '../../kubernetes/sync-objects.ts';
import type { ClusterRule, ClusterView, Manifest } from '../../model.ts';

export const replicasUnset: ClusterRule = {
  id: 'scaling/replicas-unset',
  scope: 'cluster',
  severity: 'error',
  summary: 'A workload that an autoscaler scales has no `replicas` in Git.',
  why: 'Every sync sets the number back to the one in Git, and the autoscaler scales again: pods come and go.',
  fix: 'Remove `replicas` from the workload; the autoscaler keeps its minimum.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/#leaving-room-for-imperativeness',

  *check(view) {
    for (const { manifests } of landingsOf(view)) {
      const autoscalers = autoscalersOf(manifests);
      if (autoscalers.size === 0) continue;
      for (const workload of manifests) {
        const [autoscaler] = autoscalers.get(keyOf(workload)) ?? [];
        const replicas = valueAt(workload.data, ['spec', 'replicas']);
        if (!autoscaler || replicas === undefined || replicas === null) continue;
        if (isLeftAlone(workload, manifests, view)) continue;
        const message = `replicas is ${plain(replicas)}, and ${describe(autoscaler.manifest)} scales this workload`;
        yield { manifest: workload, path: ['spec', 'replicas'], message };
      }
    }
  },
};

/** Whether everything live that syncs the workload is told to leave its replicas as they are. */
function isLeftAlone(
  workload: Manifest,
  manifests: readonly Manifest[],
  { cluster }: ClusterView,
): boolean {
  const path = workload.target?.path;
  const syncing = manifests.filter((one) =>
    syncedPathsOf(one).some(
      (synced) =>
        synced.path === path && (cluster?.engine === undefined || synced.engine === cluster.engine),
    ),
  );
  return syncing.length > 0 && syncing.every((one) => ignoresReplicas(one, workload));
}

function ignoresReplicas({ kind, data }: Manifest, workload: Manifest): boolean {
  if (kind !== 'Application') {
    const rules = items(valueAt(data, ['spec', 'ignore']), []);
    return rules.some(
      ([rule]) =>
        listAt(rule, ['paths']).includes('/spec/replicas') &&
        isMeant(valueAt(rule, ['target']), workload),
    );
  }
  // Without the option a difference is only not shown, and the sync sets the field all the same.
  const options = listAt(data, ['spec', 'syncPolicy', 'syncOptions']);
  if (!options.includes('RespectIgnoreDifferences=true')) return false;
  const rules = items(valueAt(data, ['spec', 'ignoreDifferences']), []);
  return rules.some(
    ([rule]) =>
      isMeant(rule, workload) &&
      (listAt(rule, ['jsonPointers']).includes('/spec/replicas') ||
        listAt(rule, ['jqPathExpressions']).includes('.spec.replicas') ||
        listAt(rule, ['managedFieldsManagers']).length > 0),
  );
}

/** Whether a rule names the workload; what it leaves out may be anything. */
function isMeant(rule: unknown, { apiVersion, kind, name, namespace }: Manifest): boolean {
  const has = (field: string, value: string | undefined) => {
    const wanted = textAt(rule, [field]) ?? '';
    // Flux takes patterns, and what they match is not worth a wrong finding.
    return wanted === '' || wanted === value || /[*+?^$()[\]{}|\\]/.test(wanted);
  };
  return (
    has('group', groupOf(apiVersion)) &&
    has('kind', kind) &&
    has('name', name) &&
    has('namespace', namespace)
  );
}
