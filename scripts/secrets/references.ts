import { isRecord, listAt, recordAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { type ConsumerPlace, consumerPlaces, ingressAnnotations } from './consumer-places.ts';
import { valuesAt } from './paths.ts';
import { podReferencesOf, pullReferences } from './pod-references.ts';
import { referenceAt, type SecretReference } from './reference.ts';

const known = new WeakMap<Manifest, readonly SecretReference[]>();

/** Every Secret, and key of one, that a manifest reads. */
export function secretReferencesOf(manifest: Manifest): readonly SecretReference[] {
  let references = known.get(manifest);
  if (!references) {
    references = readReferences(manifest);
    known.set(manifest, references);
  }
  return references;
}

function readReferences(manifest: Manifest): SecretReference[] {
  const { kind, data } = manifest;
  const group = groupOf(manifest.apiVersion);
  const places = consumerPlaces.filter((one) => one.group === group && one.kinds.includes(kind));
  return [
    ...podReferencesOf(manifest),
    ...(group === '' && kind === 'ServiceAccount' ? serviceAccountReferences(manifest) : []),
    ...(group === 'networking.k8s.io' && kind === 'Ingress' ? annotationReferences(manifest) : []),
    ...(group === 'external-secrets.io' && /^(Cluster)?SecretStore$/.test(kind)
      ? storeReferences(manifest)
      : []),
    ...(group === 'external-secrets.io' && kind === 'PushSecret' ? pushedKeys(manifest, data) : []),
    ...places.flatMap((place) => placeReferences(manifest, place)),
  ];
}

function serviceAccountReferences(manifest: Manifest): SecretReference[] {
  return [
    ...pullReferences(manifest, manifest.data, []),
    ...listAt(manifest.data, ['secrets']).flatMap((entry, index) =>
      referenceAt(manifest, entry, ['secrets', index], { by: 'secrets', optional: true }),
    ),
  ];
}

/** `auth-secret: namespace/name`; without a namespace the Ingress's own is meant. */
function annotationReferences(manifest: Manifest): SecretReference[] {
  const annotations = recordAt(manifest.data, ['metadata', 'annotations']);
  return Object.entries(ingressAnnotations).flatMap(([annotation, use]) => {
    const value = annotations[annotation];
    if (typeof value !== 'string') return [];
    const [name = '', namespace] = value.split('/').reverse();
    const isMap =
      annotations['nginx.ingress.kubernetes.io/auth-secret-type'] === 'auth-map' && use === 'basic';
    const key = use === 'ca' ? 'ca.crt' : use === 'basic' && !isMap ? 'auth' : undefined;
    return referenceAt(manifest, name, ['metadata', 'annotations', annotation], {
      by: `annotation ${annotation.slice(annotation.indexOf('/') + 1)}`,
      ...(namespace && { namespace }),
      ...(key && { key }),
      ...(use === 'tls' && { use: 'tls' as const }),
    });
  });
}

/** What a store signs in with: `*SecretRef` objects, `caProvider`, and their like at any depth. */
function storeReferences(manifest: Manifest): SecretReference[] {
  return storeSecretRefs(manifest).flatMap(({ value, path }) => {
    const own = textAt(value, ['namespace']);
    // Then each ExternalSecret's namespace is meant; a rule of its own tells that.
    if (manifest.kind === 'ClusterSecretStore' && own === undefined) return [];
    return referenceAt(manifest, value, path, {
      by: String(path.findLast((step) => typeof step === 'string')),
      keyField: 'key',
      namespace: manifest.kind === 'ClusterSecretStore' ? own : undefined,
    });
  });
}

/** The objects in a store that name a Secret. */
export function storeSecretRefs({ data }: Manifest): { value: unknown; path: FieldPath }[] {
  return valuesAt(recordAt(data, ['spec', 'provider']), '**').flatMap(({ value, path }) => {
    if (!isRecord(value) || typeof value.name !== 'string') return [];
    const [field, above] = path.filter((step) => typeof step === 'string').reverse();
    const isRef =
      /secretref$/i.test(field ?? '') ||
      (/^secretref$/i.test(above ?? '') && typeof value.key === 'string') ||
      (field === 'caProvider' && value.type === 'Secret');
    return isRef ? [{ value, path: ['spec', 'provider', ...path] }] : [];
  });
}

function pushedKeys(manifest: Manifest, data: unknown): SecretReference[] {
  const secret = valueAt(data, ['spec', 'selector', 'secret']);
  // A template makes keys of its own out of those of the Secret.
  if (valueAt(data, ['spec', 'template']) !== undefined) return [];
  return listAt(data, ['spec', 'data']).flatMap((entry, index) => {
    const key = textAt(entry, ['match', 'secretKey']);
    const converts = valueAt(entry, ['conversionStrategy']) === 'ReverseUnicode';
    if (!key || converts) return [];
    return referenceAt(manifest, secret, ['spec', 'selector', 'secret'], { by: 'data', key }).map(
      (one) => ({ ...one, keyPath: ['spec', 'data', index, 'match', 'secretKey'] }),
    );
  });
}

function placeReferences(manifest: Manifest, place: ConsumerPlace): SecretReference[] {
  const { at, by, name, key, fixedKey, namespace, elsewhere, use, when } = place;
  return valuesAt(manifest.data, at).flatMap(({ value, path }) => {
    if (when && (textAt(value, [when[0]]) ?? when[1]) !== when[1]) return [];
    const named = namespace === undefined ? undefined : textAt(value, [namespace]);
    return referenceAt(manifest, value, path, {
      by,
      ...(name && { nameField: name }),
      ...(key && { keyField: key }),
      ...(fixedKey && { key: fixedKey }),
      namespace: elsewhere ? null : named,
      ...(use && { use }),
    });
  });
}
