import { fieldsOf } from '../../kubernetes/faults.ts';
import { told } from '../../kubernetes/told.ts';
import {
  claimFaults,
  claimTemplateFaults,
  volumeFaults,
} from '../../kubernetes/validation/claims.ts';
import { configMapFaults, secretFaults } from '../../kubernetes/validation/data.ts';
import type { ManifestRule } from '../../model.ts';

/**
 * Enforces ValidateConfigMap, ValidateSecret, ValidatePersistentVolumeClaimSpec and
 * ValidatePersistentVolumeSpec of kubernetes/kubernetes pkg/apis/core/validation/validation.go.
 */
export const storageValid: ManifestRule = {
  id: 'schema/storage-valid',
  scope: 'manifest',
  severity: 'error',
  summary:
    'ConfigMaps, Secrets and claims hold what the API server accepts: keys, sizes, types and amounts.',
  why: 'The API server refuses the object, and pods that need it stay pending.',
  fix: 'Correct the field as its message says.',
  docs: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go',

  *check(manifest) {
    const { apiVersion, kind, data } = manifest;
    if (apiVersion === 'apps/v1' && kind === 'StatefulSet') {
      yield* told(manifest, claimTemplateFaults(fieldsOf(data.spec)));
    }
    if (apiVersion !== 'v1') return;
    if (kind === 'ConfigMap') yield* told(manifest, configMapFaults(data));
    if (kind === 'Secret') yield* told(manifest, secretFaults(data));
    if (kind === 'PersistentVolumeClaim') {
      yield* told(manifest, claimFaults(fieldsOf(data.spec), ['spec']));
    }
    if (kind === 'PersistentVolume') yield* told(manifest, volumeFaults(data));
  },
};
