import { isOfKubernetes } from '../../kubernetes/object-names.ts';
import type { Manifest, ManifestRule } from '../../model.ts';

/** Where the objects of a manifest's kind live; undefined when nobody knows the kind. */
export type ScopeOf = (manifest: Manifest) => 'Cluster' | 'Namespaced' | undefined;

/**
 * Enforces EnsureObjectNamespaceMatchesRequestNamespace of
 * k8s.io/apiserver/pkg/registry/rest/meta.go, which clears the namespace silently.
 * A namespaced object without one is not told: the engine's own settings may give it.
 *
 * @param scopeOf knows Kubernetes' kinds and those of the repository's CRDs
 */
export function scopeRespected(scopeOf: ScopeOf): ManifestRule {
  return {
    id: 'schema/scope-respected',
    scope: 'manifest',
    severity: 'warning',
    summary: 'Only objects that live in a namespace name one.',
    why: 'The API server drops the namespace of a cluster-wide object: it reaches further than it seems to.',
    fix: 'Remove `metadata.namespace`, or use the kind that lives in a namespace.',
    docs: 'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/registry/rest/meta.go',

    *check(manifest) {
      const { apiVersion, kind, namespace, target } = manifest;
      if (!namespace || scopeOf(manifest) !== 'Cluster') return;
      // Kustomize stamps its namespace on all custom resources: it does not know their scope.
      if (target?.kind === 'kustomization' && !isOfKubernetes(apiVersion)) return;
      const message = `namespace "${namespace}" stands in a ${kind}, which is cluster-wide`;
      yield { manifest, path: ['metadata', 'namespace'], message };
    },
  };
}
