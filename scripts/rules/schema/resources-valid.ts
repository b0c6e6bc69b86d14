import { podTemplateOf } from '../../kubernetes/pod-templates.ts';
import { told } from '../../kubernetes/told.ts';
import { limitRangeFaults, quotaFaults } from '../../kubernetes/validation/quotas.ts';
import { resourceFaults } from '../../kubernetes/validation/resources.ts';
import type { ManifestRule } from '../../model.ts';

/**
 * Enforces validateResourceRequirements, ValidateResourceQuota and ValidateLimitRange of
 * kubernetes/kubernetes pkg/apis/core/validation/validation.go, and the warning about
 * parts of a byte in pkg/api/pod/warnings.go.
 */
export const resourcesValid: ManifestRule = {
  id: 'schema/resources-valid',
  scope: 'manifest',
  severity: 'error',
  summary: 'Requests are within their limits, and amounts are ones that can be given.',
  why: 'The API server refuses a request above its limit, a negative amount and half a device.',
  fix: 'Order the amounts as min, request, limit, max, and use whole numbers for devices.',
  docs: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go',

  *check(manifest) {
    const { apiVersion, kind, data } = manifest;
    const pod = podTemplateOf(manifest);
    if (pod) yield* told(manifest, resourceFaults(pod.spec, pod.specPath));
    if (apiVersion !== 'v1') return;
    if (kind === 'ResourceQuota') yield* told(manifest, quotaFaults(data));
    if (kind === 'LimitRange') yield* told(manifest, limitRangeFaults(data));
  },
};
