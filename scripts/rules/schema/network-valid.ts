import { told } from '../../kubernetes/told.ts';
import { ingressFaults } from '../../kubernetes/validation/ingresses.ts';
import { networkPolicyFaults } from '../../kubernetes/validation/network-policies.ts';
import { serviceFaults } from '../../kubernetes/validation/services.ts';
import type { ManifestRule } from '../../model.ts';

/**
 * Enforces ValidateService of kubernetes/kubernetes pkg/apis/core/validation/validation.go,
 * ValidateIngressCreate and ValidateNetworkPolicySpec of
 * pkg/apis/networking/validation/validation.go.
 */
export const networkValid: ManifestRule = {
  id: 'schema/network-valid',
  scope: 'manifest',
  severity: 'error',
  summary:
    'Services, Ingresses and NetworkPolicies have ports, hosts, paths and address blocks that the API server accepts.',
  why: 'The API server refuses the object, and traffic goes where it went before or nowhere.',
  fix: 'Correct the field as its message says.',
  docs: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go',

  *check(manifest) {
    const { apiVersion, kind, data } = manifest;
    if (apiVersion === 'v1' && kind === 'Service') yield* told(manifest, serviceFaults(data));
    if (apiVersion !== 'networking.k8s.io/v1') return;
    if (kind === 'Ingress') yield* told(manifest, ingressFaults(data));
    if (kind === 'NetworkPolicy') yield* told(manifest, networkPolicyFaults(data));
  },
};
