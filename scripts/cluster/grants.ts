import { listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';
import type { ClusterIndex } from './cluster-index.ts';

/** A binding of a role to pods of the cluster. */
export interface Grant {
  readonly binding: Manifest;
  readonly role: { readonly kind: string; readonly name: string };
  /** Who gets it, as messages name them: `ServiceAccount shop/web`. */
  readonly subjects: readonly string[];
}

/** Everybody who can reach the API server is in one of these. */
const everybody = /^system:(authenticated|unauthenticated|serviceaccounts(:.*)?)$/;

/** The bindings that give something to ServiceAccounts or to everybody; people are not judged. */
export function grantsOf({ objects }: ClusterIndex): Grant[] {
  return ['ClusterRoleBinding', 'RoleBinding'].flatMap((kind) =>
    objects('rbac.authorization.k8s.io', kind).flatMap((binding): Grant[] => {
      const role = recordAt(binding.data, ['roleRef']);
      const subjects = subjectsOf(binding);
      if (typeof role.kind !== 'string' || typeof role.name !== 'string') return [];
      return subjects.length > 0
        ? [{ binding, role: { kind: role.kind, name: role.name }, subjects }]
        : [];
    }),
  );
}

function subjectsOf({ data, namespace }: Manifest): string[] {
  return listAt(data, ['subjects']).flatMap((one) => {
    const kind = textAt(one, ['kind']);
    const name = textAt(one, ['name']) ?? '';
    if (kind === 'Group') return everybody.test(name) ? `Group ${name}` : [];
    const of = textAt(one, ['namespace']) ?? namespace;
    return kind === 'ServiceAccount' ? `ServiceAccount ${of ? `${of}/` : ''}${name}` : [];
  });
}

/** One rule of a role, and where it stands. */
export interface RoleRule {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly groups: readonly unknown[];
  readonly resources: readonly unknown[];
  readonly verbs: readonly unknown[];
  /** Whether it is about some objects by name only. */
  readonly isNamed: boolean;
}

/** The rules of a granted role; none when it is not in Git. */
export function rulesOf(index: ClusterIndex, { binding, role }: Grant): RoleRule[] {
  const namespace = role.kind === 'Role' ? binding.namespace : undefined;
  const manifest = index.find(groupOf(binding.apiVersion), role.kind, role.name, namespace);
  if (!manifest) return [];
  return listAt(manifest.data, ['rules']).map((rule, at) => ({
    manifest,
    path: ['rules', at],
    groups: listAt(rule, ['apiGroups']),
    resources: listAt(rule, ['resources']),
    verbs: listAt(rule, ['verbs']),
    isNamed: listAt(rule, ['resourceNames']).length > 0,
  }));
}
