import { clusterIndexOf } from '../../cluster/cluster-index.ts';
import { missingOf, type NamedReference } from '../../cluster/missing.ts';
import { recordAt, textAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { ClusterRule, FieldPath, Manifest } from '../../model.ts';

export const issuerExists: ClusterRule = {
  id: 'references/issuer-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'The Issuer or ClusterIssuer that a certificate is ordered from is there.',
  why: 'cert-manager waits for the issuer, and the Ingress serves a certificate that no browser trusts.',
  fix: 'Correct the name or the kind of the issuer, or add it.',
  docs: 'https://cert-manager.io/docs/usage/ingress/#supported-annotations',

  *check(view) {
    yield* missingOf(view, clusterIndexOf(view).manifests.flatMap(issuersOf));
  },
};

function issuersOf(manifest: Manifest): NamedReference[] {
  const group = groupOf(manifest.apiVersion);
  const { kind, data } = manifest;
  if (group === 'cert-manager.io' && (kind === 'Certificate' || kind === 'CertificateRequest')) {
    const ref = recordAt(data, ['spec', 'issuerRef']);
    if ((ref.group ?? 'cert-manager.io') !== 'cert-manager.io') return [];
    const of = textAt(ref, ['kind']) ?? 'Issuer';
    return issuer(manifest, of, textAt(ref, ['name']), ['spec', 'issuerRef', 'name']);
  }
  const isEdge = kind === 'Ingress' || kind === 'Gateway';
  if (!isEdge || !group.endsWith('networking.k8s.io')) return [];
  const annotations = recordAt(data, ['metadata', 'annotations']);
  // An issuer that is none of cert-manager's own.
  if (annotations['cert-manager.io/issuer-group'] !== undefined) return [];
  return Object.entries(kinds).flatMap(([annotation, of]) =>
    issuer(manifest, of, textAt(annotations, [annotation]), [
      'metadata',
      'annotations',
      annotation,
    ]),
  );
}

const kinds: Readonly<Record<string, string>> = {
  'cert-manager.io/issuer': 'Issuer',
  'cert-manager.io/cluster-issuer': 'ClusterIssuer',
};

function issuer(
  manifest: Manifest,
  kind: string,
  name: string | undefined,
  path: FieldPath,
): NamedReference[] {
  if (!name || (kind !== 'Issuer' && kind !== 'ClusterIssuer')) return [];
  const by = path[0] === 'spec' ? 'issuerRef' : `annotation ${path.at(-1)}`;
  const common = { manifest, path, by, group: 'cert-manager.io', kind, name };
  return [
    kind === 'Issuer'
      ? { ...common, namespace: manifest.namespace }
      : { ...common, isGlobal: true },
  ];
}
