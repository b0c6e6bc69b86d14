import type { ClusterRule } from '../../model.ts';
import type { PolicyCheck } from './policy-check.ts';

/**
 * Enforces what `policies/README.md` says of `policies/exceptions.yaml`. Expressions have no clock,
 * so that a cluster goes on excepting what has expired: the pull request tells it.
 *
 * @param check decides by policies that have been found before
 */
export function exceptionsCurrent(check: PolicyCheck): ClusterRule {
  return {
    id: 'policies/exceptions-current',
    scope: 'cluster',
    severity: 'error',
    summary:
      'Every exception from a policy is complete, needed, not expired, and known to its clusters.',
    why: 'An exception that outlives its reason lets in what the policy was written against.',
    fix: 'Correct or remove the entry in policies/exceptions.yaml, then run `presync policy exceptions --write`.',
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#parameter-resources',

    *check(view) {
      yield* check(view).excepted;
    },
  };
}
