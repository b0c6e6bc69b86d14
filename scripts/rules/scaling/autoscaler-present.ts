import { autoscalersOf, keyOf } from '../../capacity/scales.ts';
import { isComplete } from '../../cluster/completeness.ts';
import { textAt } from '../../kubernetes/fields.ts';
import type { ClusterRule } from '../../model.ts';

const path = ['metadata', 'annotations', 'policy.presync.dev/scaled-by'];

export const autoscalerPresent: ClusterRule = {
  id: 'scaling/autoscaler-present',
  scope: 'cluster',
  severity: 'error',
  summary:
    'A workload with the annotation `policy.presync.dev/scaled-by: autoscaler` has an autoscaler.',
  why: 'The annotation takes the workload out of policies about replicas, which leave it to its autoscaler. Without one it runs as one pod, and no policy says so.',
  fix: 'Remove the annotation, or add the HorizontalPodAutoscaler or ScaledObject that scales the workload.',
  docs: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/',

  *check(view) {
    // An autoscaler that is not in sight may be somewhere else.
    if (!isComplete(view)) return;
    const manifests = view.rendered.flatMap((one) => one.manifests);
    const autoscalers = autoscalersOf(manifests);
    for (const workload of manifests) {
      if (textAt(workload.data, path) !== 'autoscaler' || autoscalers.has(keyOf(workload)))
        continue;
      const message = `no autoscaler scales ${workload.kind} ${workload.name}, though its annotation says so`;
      yield { manifest: workload, path, message };
    }
  },
};
