import { workloadOf } from '../../cluster/workloads.ts';
import { isRecord, listAt, textAt } from '../../kubernetes/fields.ts';
import { mismatchOf } from '../../kubernetes/label-selectors.ts';
import type { ManifestRule } from '../../model.ts';

export const spreadCountsOwnPods: ManifestRule = {
  id: 'selectors/spread-counts-own-pods',
  scope: 'manifest',
  severity: 'warning',
  summary: 'A topology spread constraint counts the pods that it is part of.',
  why: 'The scheduler counts other pods, or none, and puts all of these into one zone.',
  fix: 'Make `labelSelector` equal to labels of the pod template that the constraint is in.',
  docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition',

  *check(manifest) {
    const workload = workloadOf(manifest);
    if (!workload) return;
    const { spec, specPath, labels } = workload;
    for (const [at, constraint] of listAt(spec, ['topologySpreadConstraints']).entries()) {
      if (!isRecord(constraint)) continue;
      const over = `constraint over ${textAt(constraint, ['topologyKey']) ?? at}`;
      const path = [...specPath, 'topologySpreadConstraints', at];
      const selector = constraint.labelSelector;
      if (!isRecord(selector)) {
        yield { manifest, path, message: `${over} has no labelSelector and counts no pods` };
        continue;
      }
      const lacking = mismatchOf(selector, labels);
      if (!lacking) continue;
      yield {
        manifest,
        path: [...path, 'labelSelector'],
        message: `${over} counts pods with ${lacking}, which these do not have`,
      };
    }
  },
};
