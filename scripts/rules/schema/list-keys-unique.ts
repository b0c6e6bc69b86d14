import { told } from '../../kubernetes/told.ts';
import { listKeyFaults } from '../../kubernetes/validation/list-keys.ts';
import type { ManifestRule } from '../../model.ts';

/**
 * Enforces the list types of the API server's structs (`+listType=map` in
 * staging/src/k8s.io/api of kubernetes/kubernetes), by which
 * sigs.k8s.io/structured-merge-diff refuses duplicates, and the duplicate checks of
 * pkg/apis/core/validation/validation.go.
 */
export const listKeysUnique: ManifestRule = {
  id: 'schema/list-keys-unique',
  scope: 'manifest',
  severity: 'error',
  summary: 'Items of a list that are told apart by a key have different keys.',
  why: 'The API server refuses two containers or volumes of one name; of two variables the last one wins, and server-side apply refuses them.',
  fix: 'Remove one of the two.',
  docs: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',

  *check(manifest) {
    yield* told(manifest, listKeyFaults(manifest));
  },
};
