import type { ClusterRule } from '../../model.ts';
import type { PolicyCheck } from './policy-check.ts';

/**
 * Does what the API server writes to `status.typeChecking`, without the branches that a kind never
 * takes.
 *
 * @param check decides by policies that have been found before
 */
export function policiesTyped(check: PolicyCheck): ClusterRule {
  return {
    id: 'policies/typed',
    scope: 'cluster',
    severity: 'warning',
    summary: 'The expressions of a policy fit the schema of every kind that it is about.',
    why: 'A field that a kind does not have makes the expression fail for all its objects, and a failing policy refuses them.',
    fix: 'Correct the field, or ask for the kind or `has()` first.',
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#type-checking',

    *check(view) {
      yield* check(view).typed;
    },
  };
}
