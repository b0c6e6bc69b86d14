import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { missingOf, type NamedReference } from '../../cluster/missing.ts';
import { textAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest } from '../../model.ts';

export const roleExists: ClusterRule = {
  id: 'references/role-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'The Role or ClusterRole that a binding grants is there.',
  why: 'A binding to a role that is missing is accepted and allows nothing.',
  fix: 'Correct `roleRef`, or add the role.',
  docs: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',

  *check(view) {
    yield* missingOf(view, clusterIndexOf(view).manifests.flatMap(roleOf));
  },
};

/** Kubernetes makes these four, everything with `system:`, and providers what has their prefix. */
const provided = /^(admin|cluster-admin|edit|view)$|:/;

function roleOf(manifest: Manifest): NamedReference[] {
  const group = groupOf(manifest.apiVersion);
  if (group !== 'rbac.authorization.k8s.io' || !manifest.kind.endsWith('Binding')) return [];
  const kind = textAt(manifest.data, ['roleRef', 'kind']);
  const name = textAt(manifest.data, ['roleRef', 'name']);
  if (!name || (kind !== 'Role' && kind !== 'ClusterRole')) return [];
  if (kind === 'ClusterRole' && provided.test(name)) return [];
  const path = ['roleRef', 'name'];
  const common = { manifest, path, by: 'roleRef', group, kind, name };
  return [
    kind === 'Role' ? { ...common, namespace: manifest.namespace } : { ...common, isGlobal: true },
  ];
}
