import { isRecord, listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';
import {
  computeKeys,
  creationPolicyOf,
  externalSecretSpecOf,
  targetNameOf,
} from './external-secret.ts';
import { operatorProducers } from './operator-producers.ts';
import { producerOf, type SecretProducer } from './producer.ts';

const known = new WeakMap<Manifest, readonly SecretProducer[]>();

/** The Secrets that come of a manifest, with their keys as far as Git shows them. */
export function secretProducersOf(manifest: Manifest): readonly SecretProducer[] {
  let producers = known.get(manifest);
  if (!producers) {
    producers = readProducers(manifest);
    known.set(manifest, producers);
  }
  return producers;
}

function readProducers(manifest: Manifest): SecretProducer[] {
  const group = groupOf(manifest.apiVersion);
  if (group === '' && manifest.kind === 'Secret') return plainSecret(manifest);
  if (group === 'bitnami.com' && manifest.kind === 'SealedSecret') return sealedSecret(manifest);
  if (group === 'external-secrets.io') return externalSecret(manifest);
  return operatorProducers(manifest);
}

const typeKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/service-account-token': ['token', 'ca.crt', 'namespace'],
};

function plainSecret(manifest: Manifest): SecretProducer[] {
  const { data, name } = manifest;
  const type = textAt(data, ['type']) ?? 'Opaque';
  const keys = [
    ...Object.keys(recordAt(data, ['data'])),
    ...Object.keys(recordAt(data, ['stringData'])),
    ...(typeKeys[type] ?? []),
  ];
  // A stub is there to be filled in the cluster.
  return producerOf(manifest, name, { keys, type, open: keys.length === 0 });
}

function sealedSecret(manifest: Manifest): SecretProducer[] {
  const { data, name } = manifest;
  const keys = [
    ...Object.keys(recordAt(data, ['spec', 'encryptedData'])),
    ...Object.keys(recordAt(data, ['spec', 'template', 'data'])),
  ];
  const type = textAt(data, ['spec', 'template', 'type']) ?? 'Opaque';
  return producerOf(manifest, name, { keys, type, open: keys.length === 0 });
}

function externalSecret(manifest: Manifest): SecretProducer[] {
  const spec = externalSecretSpecOf(manifest);
  const name = spec && targetNameOf(spec);
  const policy = spec && creationPolicyOf(spec.data);
  if (!spec || !name || policy === 'None') return [];
  const { keys, open, dropped } = computeKeys(spec.data);
  const creates = policy !== 'Merge';
  const type = textAt(spec.data, ['target', 'template', 'type']) ?? 'Opaque';
  const details = { keys, open, dropped, creates, ...(creates && { type }) };
  if (manifest.kind === 'ExternalSecret') return producerOf(manifest, name, details);
  const listed = listAt(manifest.data, ['spec', 'namespaces']).filter(
    (one) => typeof one === 'string',
  );
  const { namespaceSelector: one, namespaceSelectors: several } = recordAt(manifest.data, ['spec']);
  const selectors = [...(Array.isArray(several) ? several : []), one].filter(isRecord);
  return [
    ...listed.flatMap((namespace) => producerOf(manifest, name, { ...details, namespace })),
    ...(selectors.length > 0
      ? producerOf(manifest, name, { ...details, namespace: null, selectors })
      : []),
  ];
}
