import { isBlank } from '../../kubernetes/faults.ts';
import { valueAt } from '../../kubernetes/fields.ts';
import type { ManifestRule } from '../../model.ts';

/** Reads as getExpectedPodCount of pkg/controller/disruption of kubernetes/kubernetes does. */
export const budgetBounded: ManifestRule = {
  id: 'workloads/budget-bounded',
  scope: 'manifest',
  severity: 'error',
  summary: 'A PodDisruptionBudget says how many pods may go, or how many must stay.',
  why: 'The API server takes a budget without either and fills nothing in, and the controller then expects no pods and allows no eviction: no node with such a pod can be drained.',
  fix: 'Set `maxUnavailable: 1`, or `minAvailable` below the number of pods.',
  docs: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget',

  *check(manifest) {
    if (manifest.apiVersion !== 'policy/v1' || manifest.kind !== 'PodDisruptionBudget') return;
    const fields = ['minAvailable', 'maxUnavailable'];
    if (fields.some((one) => !isBlank(valueAt(manifest.data, ['spec', one])))) return;
    yield { manifest, path: ['spec'], message: 'there is neither minAvailable nor maxUnavailable' };
  },
};
