import type { ClusterRule } from '../../model.ts';
import type { PolicyCheck } from './policy-check.ts';

/**
 * Compiles with the functions of the version that cluster.yaml tells.
 *
 * @param check decides by policies that have been found before
 */
export function policiesCompile(check: PolicyCheck): ClusterRule {
  return {
    id: 'policies/compiles',
    scope: 'cluster',
    severity: 'error',
    summary: 'The expressions of every policy compile in the Kubernetes version of its cluster.',
    why: 'The API server refuses the whole policy, and what it was to refuse gets in. A pattern that RE2 cannot read fails for every object that it is asked about.',
    fix: 'Correct the expression; functions that the cluster does not have yet come with a later Kubernetes version.',
    docs: 'https://kubernetes.io/docs/reference/using-api/cel/',

    *check(view) {
      yield* check(view).compiled;
    },
  };
}
