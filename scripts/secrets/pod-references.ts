import { isRecord, listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { containersIn, type PodContainer, podSpecOf } from './pod-specs.ts';
import { type ReferenceOptions, referenceAt, type SecretReference } from './reference.ts';

/** The Secrets that a workload's pods read: env, envFrom, volumes and image pulls. */
export function podReferencesOf(manifest: Manifest): SecretReference[] {
  const pod = podSpecOf(manifest);
  if (!pod) return [];
  const references = [
    ...containersIn(pod).flatMap((container) => containerReferences(manifest, container)),
    ...listAt(pod.data, ['volumes']).flatMap((volume, index) =>
      volumeReferences(manifest, volume, [...pod.path, 'volumes', index]),
    ),
    ...pullReferences(manifest, pod.data, pod.path),
  ];
  return references.filter(({ by, name }) => !(by.startsWith('volume') && madeToken.test(name)));
}

/** What Kubernetes itself made and mounted for a ServiceAccount, in a pod copied from a cluster. */
const madeToken = /-token-[a-z0-9]{5}$/;

/** The Secrets that `imagePullSecrets` names, in a pod spec or a ServiceAccount. */
export function pullReferences(
  manifest: Manifest,
  data: unknown,
  path: FieldPath,
): SecretReference[] {
  return listAt(data, ['imagePullSecrets']).flatMap((entry, index) =>
    referenceAt(manifest, entry, [...path, 'imagePullSecrets', index], {
      by: 'imagePullSecrets',
      use: 'pull',
    }),
  );
}

function containerReferences(manifest: Manifest, { name, data, path }: PodContainer) {
  const env = listAt(data, ['env']).flatMap((entry, index) => {
    // `secretKeyRef` beside `valueFrom` is a rule's own business; see `references/secret-ref-nested`.
    const ref = recordAt(entry, ['valueFrom']).secretKeyRef;
    return referenceAt(manifest, ref, [...path, 'env', index, 'valueFrom', 'secretKeyRef'], {
      by: `env ${textAt(entry, ['name']) ?? index} of container ${name}`,
      keyField: 'key',
    });
  });
  const envFrom = listAt(data, ['envFrom']).flatMap((entry, index) =>
    referenceAt(manifest, recordAt(entry, []).secretRef, [...path, 'envFrom', index, 'secretRef'], {
      by: `envFrom of container ${name}`,
    }),
  );
  return [...env, ...envFrom];
}

function volumeReferences(manifest: Manifest, volume: unknown, path: FieldPath) {
  if (!isRecord(volume)) return [];
  const by = `volume ${String(volume.name ?? path.at(-1))}`;
  const projected = listAt(volume, ['projected', 'sources']).flatMap((source, index) =>
    withItems(
      manifest,
      recordAt(source, []).secret,
      [...path, 'projected', 'sources', index, 'secret'],
      {
        by,
      },
    ),
  );
  return [
    ...withItems(manifest, volume.secret, [...path, 'secret'], { by, nameField: 'secretName' }),
    ...projected,
    ...plainVolumes.flatMap(([at, nameField]) => {
      const value = at.reduce<unknown>((one, step) => recordAt(one, [])[step], volume);
      return isRecord(value)
        ? referenceAt(manifest, value, [...path, ...at], { by, nameField, optional: false })
        : [];
    }),
  ];
}

/** Volumes that sign in with a Secret, and the field that has its name. */
const plainVolumes: readonly [string[], string][] = [
  [['csi', 'nodePublishSecretRef'], 'name'],
  [['azureFile'], 'secretName'],
  [['rbd', 'secretRef'], 'name'],
  [['cephfs', 'secretRef'], 'name'],
  [['iscsi', 'secretRef'], 'name'],
  [['flexVolume', 'secretRef'], 'name'],
  [['scaleIO', 'secretRef'], 'name'],
  [['storageos', 'secretRef'], 'name'],
  [['cinder', 'secretRef'], 'name'],
];

/** A Secret as files: every item asks for a key, and without items there is only the name. */
function withItems(
  manifest: Manifest,
  value: unknown,
  path: FieldPath,
  options: ReferenceOptions,
): SecretReference[] {
  const optional = isRecord(value) && value.optional === true;
  const items = listAt(value, ['items']);
  if (items.length === 0) return isRecord(value) ? referenceAt(manifest, value, path, options) : [];
  return items.flatMap((item, index) => {
    const key = textAt(item, ['key']);
    return referenceAt(manifest, value, path, {
      ...options,
      optional,
      ...(key && { key }),
    }).map((one) => ({ ...one, ...(key && { keyPath: [...path, 'items', index, 'key'] }) }));
  });
}
