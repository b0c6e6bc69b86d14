import type { ClusterRule } from '../../model.ts';
import type { PolicyCheck } from './policy-check.ts';

/**
 * Asks for `message` or `messageExpression`.
 *
 * @param check decides by policies that have been found before
 */
export function policiesExplained(check: PolicyCheck): ClusterRule {
  return {
    id: 'policies/explained',
    scope: 'cluster',
    severity: 'warning',
    summary: 'Every validation of a policy has a message.',
    why: 'Whoever is refused otherwise reads an expression and has to guess what to change.',
    fix: 'Add a `message` that names what is wanted, or a `messageExpression`.',
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#message-expression',

    *check(view) {
      yield* check(view).explained;
    },
  };
}
