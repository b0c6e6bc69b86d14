import { recordAt, textAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';

/** For which names a sealed value may be opened. */
export type SealScope = 'strict' | 'namespace-wide' | 'cluster-wide';

const domain = 'sealedsecrets.bitnami.com/';

/** Whether a manifest is a SealedSecret. */
export function isSealedSecret({ apiVersion, kind }: Manifest): boolean {
  return kind === 'SealedSecret' && groupOf(apiVersion) === 'bitnami.com';
}

/** The scope as the controller reads it: from the object's own annotations, exactly `true`. */
export function scopeOf({ data }: Pick<Manifest, 'data'>): SealScope {
  const annotations = recordAt(data, ['metadata', 'annotations']);
  if (annotations[`${domain}cluster-wide`] === 'true') return 'cluster-wide';
  return annotations[`${domain}namespace-wide`] === 'true' ? 'namespace-wide' : 'strict';
}

/** The annotation that sets a scope; none for strict. */
export function scopeAnnotation(scope: SealScope): string | undefined {
  return scope === 'strict' ? undefined : `${domain}${scope}`;
}

/** The label that binds a value to its name, as RSA-OAEP takes it. */
export function labelOf(scope: SealScope, namespace: string, name: string): string {
  if (scope === 'cluster-wide') return '';
  return scope === 'namespace-wide' ? namespace : `${namespace}/${name}`;
}

/** The sealed values that are texts, by key. */
export function sealedValues({ data }: Pick<Manifest, 'data'>): [string, string][] {
  return Object.entries(recordAt(data, ['spec', 'encryptedData'])).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
}

/** The name and namespace that kubeseal noted when it sealed, as far as they are there. */
export function witnessOf({ data }: Pick<Manifest, 'data'>): {
  readonly name?: string;
  readonly namespace?: string;
} {
  const at = ['spec', 'template', 'metadata'];
  const name = textAt(data, [...at, 'name']);
  const namespace = textAt(data, [...at, 'namespace']);
  return { ...(name && { name }), ...(namespace && { namespace }) };
}

/** The annotation in which `presync seal` notes the certificate's SHA-256 fingerprint. */
export const certificateAnnotation = 'presync.dev/certificate-sha256';
