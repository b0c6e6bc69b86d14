import type { ClusterRule } from '../../model.ts';
import type { PolicyCheck } from './policy-check.ts';

/**
 * Enforces the policies that land in a cluster, those of `policies/environments/<environment>` and
 * those that a run is given. The severity is that of the binding's `validationActions`: Deny is an
 * error, Warn a warning, Audit a note. All policies report under this one id, with their names in
 * the messages: they are exempted in `policies/exceptions.yaml`, where the cluster sees it too.
 *
 * @param check decides by policies that have been found before
 */
export function policiesSatisfied(check: PolicyCheck): ClusterRule {
  return {
    id: 'policies/satisfied',
    scope: 'cluster',
    severity: 'error',
    summary: 'Every object is one that the ValidatingAdmissionPolicies of its cluster admit.',
    why: 'The API server refuses the object at admission, with the same words, and the sync fails.',
    fix: 'Change the object as the policy asks, or record an exception with a reason in policies/exceptions.yaml.',
    exceptedIn: 'policies/exceptions.yaml',
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',

    *check(view) {
      yield* check(view).satisfied;
    },
  };
}
