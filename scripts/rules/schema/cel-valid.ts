import type { ManifestRule } from '../../model.ts';
import type { SchemaCheck } from './valid.ts';

/**
 * Enforces the `x-kubernetes-validations` of CustomResourceDefinitions, see "Validation rules" of
 * the documentation of Kubernetes on custom resource definitions.
 *
 * @param check decides by definitions that have been read before
 */
export function celValid(check: SchemaCheck): ManifestRule {
  return {
    id: 'schema/cel-valid',
    scope: 'manifest',
    severity: 'error',
    summary: 'Custom resources meet the CEL rules of their definition, and those rules compile.',
    why: 'The API server refuses the object, or the definition whose rule does not compile, and the sync fails.',
    fix: 'Change the object as the message says; its definition has the rule under x-kubernetes-validations.',
    docs: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules',

    *check(manifest) {
      for (const problem of check(manifest)) yield { manifest, ...problem };
    },
  };
}
