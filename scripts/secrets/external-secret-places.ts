import { isRecord, listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { externalSecretSpecOf } from './external-secret.ts';

/** A place that names a SecretStore or ClusterSecretStore. */
export interface StoreReference {
  readonly name: string;
  readonly kind: string;
  readonly path: FieldPath;
  /** Where the kind is written; the name's place when it is not. */
  readonly kindPath: FieldPath;
}

/** The stores that an ExternalSecret, ClusterExternalSecret or PushSecret names. */
export function storeReferencesOf(manifest: Manifest): StoreReference[] {
  if (groupOf(manifest.apiVersion) !== 'external-secrets.io') return [];
  if (manifest.kind === 'PushSecret') {
    return listAt(manifest.data, ['spec', 'secretStoreRefs']).flatMap((ref, index) =>
      toReference(ref, ['spec', 'secretStoreRefs', index]),
    );
  }
  const spec = externalSecretSpecOf(manifest);
  if (!spec) return [];
  const { data, path } = spec;
  return [
    ...toReference(valueAt(data, ['secretStoreRef']), [...path, 'secretStoreRef']),
    ...['data', 'dataFrom'].flatMap((field) =>
      listAt(data, [field]).flatMap((entry, index) =>
        toReference(valueAt(entry, ['sourceRef', 'storeRef']), [
          ...path,
          field,
          index,
          'sourceRef',
          'storeRef',
        ]),
      ),
    ),
  ];
}

function toReference(ref: unknown, path: FieldPath): StoreReference[] {
  const name = textAt(ref, ['name']);
  const written = isRecord(ref) && typeof ref.kind === 'string' ? ref.kind : undefined;
  const kind = written ?? 'SecretStore';
  const kindPath = [...path, written === undefined ? 'name' : 'kind'];
  return name ? [{ name, kind, path: [...path, 'name'], kindPath }] : [];
}
