import { type ClusterIndex, clusterIndexOf } from '../../cluster/cluster-index.ts';
import { listAt, recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import type { ClusterRule } from '../../model.ts';

export const tokenNeeded: ClusterRule = {
  id: 'workloads/token-needed',
  scope: 'cluster',
  severity: 'note',
  summary: 'Pods carry a token for the API server only where their account may do something there.',
  why: 'Whoever gets into such a pod has an identity in the cluster, which nothing in it needs.',
  fix: 'Set `automountServiceAccountToken: false` in the pod or in its ServiceAccount, and `true` where something else takes the token.',
  docs: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',

  *check(view) {
    const index = clusterIndexOf(view);
    if (!index.complete) return;
    const granted = grantedAccounts(index);
    for (const { manifest, spec, specPath, namespace, isBuiltIn } of index.workloads) {
      if (!isBuiltIn || namespace === undefined || index.elsewhere.isOpen(namespace)) continue;
      const name = textAt(spec, ['serviceAccountName']) ?? 'default';
      const account = index.find('', 'ServiceAccount', name, namespace);
      const said =
        spec.automountServiceAccountToken ??
        valueAt(account?.data, ['automountServiceAccountToken']);
      if (said !== undefined || granted.has(`${namespace}/${name}`)) continue;
      // Made elsewhere, it may say so itself.
      if (!account && name !== 'default') continue;
      yield {
        manifest,
        path: specPath,
        message: `pods get a token of ServiceAccount ${namespace}/${name}, which nothing gives a right to`,
      };
    }
  },
};

/** The accounts that some binding in Git names, as `namespace/name`. */
function grantedAccounts(index: ClusterIndex): ReadonlySet<string> {
  const bindings = ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) =>
    index.objects('rbac.authorization.k8s.io', kind),
  );
  return new Set(
    bindings.flatMap(({ data, namespace }) =>
      listAt(data, ['subjects']).map((one) => {
        const subject = recordAt(one, []);
        return `${subject.namespace ?? namespace}/${subject.name}`;
      }),
    ),
  );
}
