import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { missingOf, type NamedReference } from '../../cluster/missing.ts';
import { listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, Manifest } from '../../model.ts';
import { valuesAt } from '../../secrets/paths.ts';
import { podSpecOf } from '../../secrets/pod-specs.ts';

export const serviceAccountExists: ClusterRule = {
  id: 'references/service-account-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'Every ServiceAccount of pods, bindings and secret stores lands in its namespace.',
  why: 'No pod is made for a ServiceAccount that is missing, and a binding to one allows nothing.',
  fix: 'Correct the name or the namespace, or add the ServiceAccount.',
  docs: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/',

  *check(view) {
    const references = clusterIndexOf(view).manifests.flatMap(referencesOf);
    yield* missingOf(
      view,
      references.map((one) => ({ ...one, group: '', kind: 'ServiceAccount' })),
    );
  },
};

type Reference = Omit<NamedReference, 'group' | 'kind'>;

function referencesOf(manifest: Manifest): Reference[] {
  const group = groupOf(manifest.apiVersion);
  if (group === 'rbac.authorization.k8s.io') return subjectsOf(manifest);
  if (group === 'external-secrets.io') return storesOf(manifest);
  const pod = podSpecOf(manifest);
  return ['serviceAccountName', 'serviceAccount'].flatMap((field) => {
    const name = pod && textAt(pod.data, [field]);
    if (!pod || !name) return [];
    const path = [...pod.path, field];
    return { manifest, path, by: field, name, namespace: manifest.namespace };
  });
}

function subjectsOf(manifest: Manifest): Reference[] {
  return listAt(manifest.data, ['subjects']).flatMap((subject, index) => {
    const { kind, name, namespace } = recordAt(subject, []);
    if (kind !== 'ServiceAccount' || typeof name !== 'string') return [];
    const own = typeof namespace === 'string' ? namespace : undefined;
    return { manifest, path: ['subjects', index, 'name'], by: 'subject', name, namespace: own };
  });
}

function storesOf(manifest: Manifest): Reference[] {
  if (!/^(Cluster)?SecretStore$/.test(manifest.kind)) return [];
  return valuesAt(manifest.data, 'spec.provider.**.serviceAccountRef').flatMap(
    ({ value, path }) => {
      const name = textAt(value, ['name']);
      const isOwn = manifest.kind === 'SecretStore';
      const namespace = isOwn ? manifest.namespace : textAt(value, ['namespace']);
      return name
        ? { manifest, path: [...path, 'name'], by: 'serviceAccountRef', name, namespace }
        : [];
    },
  );
}
