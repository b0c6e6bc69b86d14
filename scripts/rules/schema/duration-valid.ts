import { told } from '../../kubernetes/told.ts';
import { durationFaults } from '../../kubernetes/validation/durations.ts';
import type { ManifestRule } from '../../model.ts';

/** Enforces ParseDuration of Go, by which metav1.Duration of k8s.io/apimachinery is decoded. */
export const durationValid: ManifestRule = {
  id: 'schema/duration-valid',
  scope: 'manifest',
  severity: 'error',
  summary: 'Durations in the resources of cert-manager and External Secrets are ones.',
  why: 'The schemas take any text, and then the webhook refuses the object or the controller cannot read it.',
  fix: 'Write numbers with units, such as 10m or 1h30m.',
  docs: 'https://pkg.go.dev/time#ParseDuration',

  *check(manifest) {
    yield* told(manifest, durationFaults(manifest));
  },
};
