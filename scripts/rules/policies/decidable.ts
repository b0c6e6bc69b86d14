import type { ClusterRule } from '../../model.ts';
import type { PolicyCheck } from './policy-check.ts';

/**
 * Tells once of each policy that uses `authorizer` or `request.userInfo`.
 *
 * @param check decides by policies that have been found before
 */
export function policiesDecidable(check: PolicyCheck): ClusterRule {
  return {
    id: 'policies/decidable',
    scope: 'cluster',
    severity: 'note',
    summary: 'What a policy decides can be decided before the merge.',
    why: 'Questions to the authorizer and about the user are answered in the cluster alone: such a policy may refuse there what passes here.',
    fix: 'Keep such demands in a policy of their own, so that the others are decided before the merge.',
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression',

    *check(view) {
      yield* check(view).decidable;
    },
  };
}
