import type { ManifestRule } from '../../model.ts';
import type { SchemaCheck } from './valid.ts';

/**
 * Enforces the deprecation guide of Kubernetes and the notes of Flux on its API versions.
 *
 * @param deprecations tells what the versions of the manifest's clusters deprecate
 */
export function versionCurrent(deprecations: SchemaCheck): ManifestRule {
  return {
    id: 'schema/version-current',
    scope: 'manifest',
    severity: 'warning',
    summary: 'No object uses an apiVersion that its cluster serves only until a later release.',
    why: 'An upgrade of the cluster or of the controller removes it, and the sync fails from then on.',
    fix: 'Write the apiVersion that takes its place.',
    docs: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',

    *check(manifest) {
      for (const problem of deprecations(manifest)) yield { manifest, ...problem };
    },
  };
}
