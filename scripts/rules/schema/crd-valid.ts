import { told } from '../../kubernetes/told.ts';
import { crdFaults } from '../../kubernetes/validation/crds.ts';
import type { ManifestRule } from '../../model.ts';

/**
 * Enforces ValidateCustomResourceDefinition of k8s.io/apiextensions-apiserver
 * pkg/apis/apiextensions/validation/validation.go and ValidateStructural of its
 * pkg/apiserver/schema/validation.go.
 */
export const crdValid: ManifestRule = {
  id: 'schema/crd-valid',
  scope: 'manifest',
  severity: 'error',
  summary:
    'CustomResourceDefinitions have structural schemas, one stored version and names that fit.',
  why: 'The API server refuses the definition, and with it every object of its kind.',
  fix: 'Correct the schema as the message says.',
  docs: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema',

  *check(manifest) {
    const { apiVersion, kind, data } = manifest;
    if (apiVersion !== 'apiextensions.k8s.io/v1' || kind !== 'CustomResourceDefinition') return;
    yield* told(manifest, crdFaults(data));
  },
};
