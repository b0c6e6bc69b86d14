import type { ClusterRule } from '../../model.ts';
import type { PolicyCheck } from './policy-check.ts';

/**
 * Looks at clusters and at the environments below `policies/environments`.
 *
 * @param check decides by policies that have been found before
 */
export function policiesBound(check: PolicyCheck): ClusterRule {
  return {
    id: 'policies/bound',
    scope: 'cluster',
    severity: 'warning',
    summary:
      'Every policy is bound in every environment, and every binding is of a policy that is there.',
    why: 'A policy without a binding decides nothing, and nobody is told.',
    fix: 'Add a ValidatingAdmissionPolicyBinding, with `validationActions: [Audit]` where it is not to refuse yet.',
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#getting-started-with-validating-admission-policy',

    *check(view) {
      yield* check(view).bound;
    },
  };
}
