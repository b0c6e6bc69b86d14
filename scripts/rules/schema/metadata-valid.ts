import { podTemplateOf } from '../../kubernetes/pod-templates.ts';
import { told } from '../../kubernetes/told.ts';
import { metadataFaults, templateMetadataFaults } from '../../kubernetes/validation/metadata.ts';
import type { ManifestRule } from '../../model.ts';

/** Enforces ValidateObjectMeta of k8s.io/apimachinery/pkg/api/validation/objectmeta.go. */
export const metadataValid: ManifestRule = {
  id: 'schema/metadata-valid',
  scope: 'manifest',
  severity: 'error',
  summary:
    'Names, labels, annotations and finalizers have the syntax that the API server asks for.',
  why: 'The API server refuses the object, and with Flux everything that is applied with it.',
  fix: 'Correct the name or key; the message says what it must look like.',
  docs: 'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go',

  *check(manifest) {
    yield* told(manifest, metadataFaults(manifest));
    const pod = podTemplateOf(manifest);
    // A Pod is its own template.
    if (pod && manifest.kind !== 'Pod') yield* told(manifest, templateMetadataFaults(pod));
  },
};
