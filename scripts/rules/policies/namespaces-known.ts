import type { ClusterRule } from '../../model.ts';
import type { PolicyCheck } from './policy-check.ts';

/**
 * Tells each namespace of which a `namespaceSelector` asks for labels that nobody knows.
 *
 * @param check decides by policies that have been found before
 */
export function namespacesKnown(check: PolicyCheck): ClusterRule {
  return {
    id: 'policies/namespaces-known',
    scope: 'cluster',
    severity: 'error',
    summary: 'The labels of every namespace by which policies choose are known.',
    why: 'Whether a policy is about an object depends on the labels of its namespace: guessing would pass what the cluster refuses.',
    fix: 'Add the Namespace to what is synced, or declare it with its labels under `external.namespaces` in cluster.yaml.',
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#match-resources',

    *check(view) {
      yield* check(view).namespacesKnown;
    },
  };
}
