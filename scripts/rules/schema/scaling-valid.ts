import { told } from '../../kubernetes/told.ts';
import { autoscalerFaults } from '../../kubernetes/validation/autoscalers.ts';
import { disruptionBudgetFaults } from '../../kubernetes/validation/disruption-budgets.ts';
import type { ManifestRule } from '../../model.ts';

/**
 * Enforces ValidateHorizontalPodAutoscaler of kubernetes/kubernetes
 * pkg/apis/autoscaling/validation/validation.go and ValidatePodDisruptionBudgetSpec of
 * pkg/apis/policy/validation/validation.go.
 */
export const scalingValid: ManifestRule = {
  id: 'schema/scaling-valid',
  scope: 'manifest',
  severity: 'error',
  summary: 'Autoscalers have consistent bounds and metrics, and disruption budgets one limit.',
  why: 'The API server refuses the object: nothing scales, and nothing is protected.',
  fix: 'Correct the field as its message says.',
  docs: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go',

  *check(manifest) {
    const { apiVersion, kind, data } = manifest;
    const isAutoscaler = apiVersion === 'autoscaling/v2' || apiVersion === 'autoscaling/v1';
    if (isAutoscaler && kind === 'HorizontalPodAutoscaler') {
      yield* told(manifest, autoscalerFaults(data));
    }
    if (apiVersion === 'policy/v1' && kind === 'PodDisruptionBudget') {
      yield* told(manifest, disruptionBudgetFaults(data));
    }
  },
};
