import { recordAt, textAt, valueAt } from '../../kubernetes/fields.ts';
import { describe, groupOf } from '../../kubernetes/manifests.ts';
import type { FieldPath, Manifest, Rendered, RepositoryRule } from '../../model.ts';
import { optionsOf } from '../../sync/prune-protection.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

/** Fields that the API server lets nobody change, by group and kind. */
const immutable: Readonly<Record<string, readonly FieldPath[]>> = {
  'apps/Deployment': [['spec', 'selector']],
  'apps/DaemonSet': [['spec', 'selector']],
  'apps/ReplicaSet': [['spec', 'selector']],
  'apps/StatefulSet': [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'podManagementPolicy'],
    ['spec', 'volumeClaimTemplates'],
  ],
  'batch/Job': [
    ['spec', 'selector'],
    ['spec', 'template'],
    ['spec', 'completionMode'],
  ],
  'rbac.authorization.k8s.io/RoleBinding': [['roleRef']],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [['roleRef']],
  'storage.k8s.io/StorageClass': [['provisioner'], ['parameters'], ['reclaimPolicy']],
  '/PersistentVolumeClaim': [
    ['spec', 'accessModes'],
    ['spec', 'storageClassName'],
    ['spec', 'volumeMode'],
  ],
};

export const immutableKept: RepositoryRule = {
  id: 'sync/immutable-kept',
  scope: 'repository',
  severity: 'error',
  summary:
    'A change leaves selectors and other fields alone that the API server lets nobody change. Needs `--base`.',
  why: 'The sync fails with "field is immutable" until somebody deletes the object. Labels that are also written into selectors are the usual cause.',
  fix: 'Take the change back, or give the object a new name; of labels, use `labels` without `includeSelectors`.',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',

  *check(repository) {
    if (!repository.base) return;
    const forced = new Set(
      syncGraphOf(repository).clusters.flatMap(({ units }) =>
        units.flatMap(({ policy, targets }) => (policy.force ? targets : [])),
      ),
    );
    const before = new Map(repository.base.rendered.flatMap(keyed));
    for (const one of repository.rendered) {
      for (const [key, manifest] of forced.has(one.target.name) ? [] : keyed(one)) {
        const old = before.get(key);
        if (!old || isRecreated(manifest)) continue;
        for (const path of fieldsOf(manifest)) {
          const [was, is] = [old, manifest].map(({ data }) => valueAt(data, path));
          // The API server may have filled in what was absent.
          if (was === undefined || is === undefined || same(was, is)) continue;
          if (
            [old, manifest].some(({ unknown = [] }) =>
              unknown.some((part) => startsWith(part, path)),
            )
          )
            continue;
          yield {
            manifest,
            path,
            message: `${path.join('.')} of ${describe(manifest)} changes, which the API server refuses`,
          };
        }
      }
    }
  },
};

/** An object is the same before and after in the same clusters; without any, in the same target. */
function keyed({ target, manifests }: Rendered): [string, Manifest][] {
  const where = target.clusters.length > 0 ? target.clusters : [target.name];
  return manifests
    .filter((manifest) => fieldsOf(manifest).length > 0)
    .flatMap((manifest) =>
      where.map((one): [string, Manifest] => [
        [one, groupOf(manifest.apiVersion), manifest.kind, manifest.namespace, manifest.name].join(
          ' ',
        ),
        manifest,
      ]),
    );
}

function fieldsOf({ apiVersion, kind }: Manifest): readonly FieldPath[] {
  const key = `${groupOf(apiVersion)}/${kind}`;
  return Object.hasOwn(immutable, key) ? (immutable[key] ?? []) : [];
}

/** Engines delete some objects before they apply them again: hooks, and what asks for it. */
function isRecreated(manifest: Manifest): boolean {
  const annotations = recordAt(manifest.data, ['metadata', 'annotations']);
  return (
    annotations['argocd.argoproj.io/hook'] !== undefined ||
    optionsOf(manifest).some((one) => one === 'Replace=true' || one === 'Force=true') ||
    textAt(annotations, ['kustomize.toolkit.fluxcd.io/force'])?.toLowerCase() === 'enabled'
  );
}

function startsWith(path: FieldPath, start: FieldPath): boolean {
  return start.every((part, index) => path[index] === part);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]): [string, unknown] => [key, sorted(one)]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
