import { namespacesOf } from '../../capacity/namespaces.ts';
import { rollingUpdateOf } from '../../capacity/rolling.ts';
import { quoted } from '../../kubernetes/faults.ts';
import { valueAt } from '../../kubernetes/fields.ts';
import type { ClusterRule } from '../../model.ts';
import { counted } from '../../shared/text.ts';

/** Computes as ResolveFenceposts of pkg/controller/deployment/util of kubernetes/kubernetes. */
export const rolloutPossible: ClusterRule = {
  id: 'scaling/rollout-possible',
  scope: 'cluster',
  severity: 'warning',
  summary: 'A rolling update may add or take away a pod once its percentages are rounded.',
  why: 'maxUnavailable is rounded down. Where it comes to 0 without a surge, Kubernetes takes a pod away all the same, which the percentage was to forbid.',
  fix: 'Set `maxSurge: 1`, or say the number of pods that may be missing.',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment',

  *check(view) {
    for (const { contents } of namespacesOf(view)) {
      for (const { workload, min, max, isCounted } of contents.pods) {
        if (workload.kind !== 'Deployment' || max === 0 || !isCounted) continue;
        const replicas = Math.max(min, 1);
        const rolling = rollingUpdateOf(workload, replicas);
        if (!rolling || rolling.surge > 0 || rolling.unavailable > 0) continue;
        const at = ['spec', 'strategy', 'rollingUpdate'];
        const share = valueAt(workload.data, [...at, 'maxUnavailable']);
        // Both 0 as they are written is refused, and schema/workload-valid tells it.
        if (share === 0 || share === '0%') continue;
        const shown = share === undefined || share === null ? '25% (the default)' : quoted(share);
        const surge = valueAt(workload.data, [...at, 'maxSurge']);
        const path = share === undefined ? [...at, 'maxSurge'] : [...at, 'maxUnavailable'];
        const message = `maxUnavailable ${shown} and maxSurge ${quoted(surge)} both come to 0 pods at minimum scale`;
        const fix = `There ${replicas === 1 ? 'is' : 'are'} ${counted(replicas, 'pod')} then. Set \`maxSurge: 1\`, or say the number of pods that may be missing.`;
        yield { manifest: workload, path, message, fix };
      }
    }
  },
};
