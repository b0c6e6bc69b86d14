import type { ClusterRule } from '../../model.ts';
import type { PolicyCheck } from './policy-check.ts';

/**
 * Tells of each of Kyverno's CEL policies whether it is one that the API server could decide by
 * itself; such a one decides here too.
 *
 * @param check decides by policies that have been found before
 */
export function policiesPortable(check: PolicyCheck): ClusterRule {
  return {
    id: 'policies/portable',
    scope: 'cluster',
    severity: 'note',
    summary:
      "Kyverno's CEL policies are told apart: those that the API server could decide by, and the others.",
    why: 'Functions that only Kyverno has are not decided before the merge, and a policy without them needs no controller.',
    fix: 'Nothing has to change; a portable policy can become a ValidatingAdmissionPolicy with a binding.',
    docs: 'https://kyverno.io/docs/policy-types/validating-policy/',

    *check(view) {
      yield* check(view).portable;
    },
  };
}
