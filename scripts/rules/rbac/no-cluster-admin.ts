import { indexesOf } from '../../cluster/cluster-index.ts';
import { grantsOf } from '../../cluster/grants.ts';
import type { ClusterRule } from '../../model.ts';

export const noClusterAdmin: ClusterRule = {
  id: 'rbac/no-cluster-admin',
  scope: 'cluster',
  severity: 'warning',
  summary: 'No ServiceAccount is given cluster-admin.',
  why: 'Whoever gets into one of its pods has the whole cluster.',
  fix: 'Bind a role that allows what the pods do.',
  docs: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',

  *check(view) {
    for (const index of indexesOf(view)) {
      for (const { binding, role, subjects } of grantsOf(index)) {
        if (role.kind !== 'ClusterRole' || role.name !== 'cluster-admin') continue;
        const where = binding.kind === 'RoleBinding' ? ` in namespace ${binding.namespace}` : '';
        yield {
          manifest: binding,
          path: ['roleRef', 'name'],
          message: `cluster-admin lets ${subjects.join(', ')} do everything${where}`,
        };
      }
    }
  },
};
