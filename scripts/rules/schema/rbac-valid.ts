import { told } from '../../kubernetes/told.ts';
import { bindingFaults, roleFaults } from '../../kubernetes/validation/rbac.ts';
import type { ManifestRule } from '../../model.ts';

/** Enforces ValidatePolicyRule and ValidateRoleBindingSubject of kubernetes/kubernetes pkg/apis/rbac/validation/validation.go. */
export const rbacValid: ManifestRule = {
  id: 'schema/rbac-valid',
  scope: 'manifest',
  severity: 'error',
  summary:
    'Rules of roles say which verbs on which resources, and bindings name a role and subjects of the right kind.',
  why: 'The API server refuses the role or binding, and whoever needs it is denied.',
  fix: 'Correct the field as its message says.',
  docs: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/validation/validation.go',

  *check(manifest) {
    const { apiVersion, kind, data } = manifest;
    if (apiVersion !== 'rbac.authorization.k8s.io/v1') return;
    if (kind === 'Role' || kind === 'ClusterRole') yield* told(manifest, roleFaults(kind, data));
    if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') {
      yield* told(manifest, bindingFaults(kind, data));
    }
  },
};
