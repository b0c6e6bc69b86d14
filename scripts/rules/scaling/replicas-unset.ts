import { valueAt } from '../../kubernetes/fields.ts';
import { describe, groupOf } from '../../kubernetes/manifests.ts';
import { scaleTargetOf } from '../../kubernetes/scaling.ts';
import type { TargetRule } from '../../model.ts';

export const replicasUnset: TargetRule = {
  id: 'scaling/replicas-unset',
  scope: 'target',
  severity: 'error',
  summary: 'A workload that an autoscaler scales has no `replicas` in Git.',
  why: 'Every sync sets the number back to the one in Git, and the autoscaler scales again: pods come and go.',
  fix: 'Remove `replicas` from the workload; the autoscaler keeps its minimum.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/#leaving-room-for-imperativeness',

  *check({ manifests }) {
    for (const autoscaler of manifests) {
      const scaled = scaleTargetOf(autoscaler);
      if (!scaled) continue;
      const workload = manifests.find(
        (one) =>
          one.kind === scaled.kind &&
          one.name === scaled.name &&
          one.namespace === autoscaler.namespace &&
          groupOf(one.apiVersion) === scaled.group,
      );
      const replicas = valueAt(workload?.data, ['spec', 'replicas']);
      if (!workload || replicas === undefined || replicas === null) continue;
      const message = `replicas is ${replicas}, and ${describe(autoscaler)} scales this workload`;
      yield { manifest: workload, path: ['spec', 'replicas'], message };
    }
  },
};
