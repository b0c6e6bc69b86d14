import type { Manifest } from '../../model.ts';

/** Argo CD's order within a wave, which is Helm's; every other kind comes after these. */
const order: readonly string[] = [
  'Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy',
  'PodDisruptionBudget', 'ServiceAccount', 'Secret', 'SecretList', 'ConfigMap', 'StorageClass',
  'PersistentVolume', 'PersistentVolumeClaim', 'CustomResourceDefinition', 'ClusterRole',
  'ClusterRoleList', 'ClusterRoleBinding', 'ClusterRoleBindingList', 'Role', 'RoleList',
  'RoleBinding', 'RoleBindingList', 'Service', 'DaemonSet', 'Pod', 'ReplicationController',
  'ReplicaSet', 'Deployment', 'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob',
  'IngressClass', 'Ingress', 'APIService',
]; // biome-ignore format: a table

const ranks = new Map(order.map((kind, index) => [kind, index]));

/** Compares two objects of one wave as Argo CD sorts them: by kind, then by name. */
export function compareKinds(a: Manifest, b: Manifest): number {
  const rank = ({ kind }: Manifest): number => ranks.get(kind) ?? order.length;
  return rank(a) - rank(b) || compare(a.kind, b.kind) || compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
