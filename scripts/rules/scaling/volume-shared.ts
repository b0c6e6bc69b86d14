import type { CountedPods } from '../../capacity/contents.ts';
import { namespacesOf } from '../../capacity/namespaces.ts';
import { items } from '../../kubernetes/faults.ts';
import { listAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, Severity } from '../../model.ts';

export const volumeShared: ClusterRule = {
  id: 'scaling/volume-shared',
  scope: 'cluster',
  severity: 'warning',
  summary:
    'Pods that exist at the same time do not share a volume that only one node or pod can mount.',
  why: 'A pod on another node waits in ContainerCreating for a volume that is not let go: replicas never start, or a rolling update waits for itself.',
  fix: 'Use a ReadWriteMany claim, a StatefulSet with volumeClaimTemplates, or one replica with `strategy.type: Recreate`.',
  docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',

  *check(view) {
    for (const { contents } of namespacesOf(view)) {
      const claims = new Map(
        contents.manifests
          .filter(({ kind, apiVersion }) => kind === 'PersistentVolumeClaim' && apiVersion === 'v1')
          .map((claim) => [claim.name, listAt(claim.data, ['spec', 'accessModes'])]),
      );
      for (const set of contents.pods) {
        const reason = reasonOf(set);
        if (!reason) continue;
        for (const [volume, at] of items(set.pod.spec.volumes, [...set.pod.specPath, 'volumes'])) {
          const name = textAt(volume, ['persistentVolumeClaim', 'claimName']);
          const told = name === undefined ? undefined : toldOf(claims.get(name) ?? [], set);
          if (!told) continue;
          const { kind, name: owner } = set.workload;
          yield {
            manifest: set.workload,
            path: [...at, 'persistentVolumeClaim', 'claimName'],
            message: `claim ${name} is ${told.mode}, and ${kind} ${owner} may have several pods at a time`,
            fix: `${reason} ${volumeShared.fix}`,
            severity: told.severity,
          };
        }
      }
    }
  },
};

/** Why several pods of a set exist at a time; undefined when they do not. */
function reasonOf({ workload: { kind }, max, surge }: CountedPods): string | undefined {
  if (kind !== 'Deployment' && kind !== 'ReplicaSet' && kind !== 'StatefulSet') return undefined;
  if (max > 1) return `It has up to ${max} pods.`;
  return max === 1 && surge > 0
    ? 'Its rolling update starts a pod before it stops the other.'
    : undefined;
}

function toldOf(
  modes: readonly unknown[],
  { pod }: CountedPods,
): { mode: string; severity: Severity } | undefined {
  if (modes.length === 0) return undefined;
  if (modes.every((mode) => mode === 'ReadWriteOncePod')) {
    return { mode: 'ReadWriteOncePod', severity: 'error' };
  }
  const isOneNode = modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
  return isOneNode && !isPinned(pod.spec)
    ? { mode: 'ReadWriteOnce', severity: 'warning' }
    : undefined;
}

/** Whether all pods are on one node, where they can share the volume. */
function isPinned(spec: CountedPods['pod']['spec']): boolean {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  return (
    spec.nodeName !== undefined ||
    textAt(spec, ['nodeSelector', 'kubernetes.io/hostname']) !== undefined ||
    listAt(spec, ['affinity', 'podAffinity', required]).length > 0 ||
    valueAt(spec, ['affinity', 'nodeAffinity', required]) !== undefined
  );
}
