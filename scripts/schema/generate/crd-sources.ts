/** A package whose structs are those of custom resources. */
export interface CrdSource {
  readonly package: string;
  /** What it was generated from, as far as its contents tell: the packages do not say. */
  readonly upstream: string;
}

/** Where the schemas of custom resources come from. */
export const crdSources: readonly CrdSource[] = [
  { package: 'argo-cd', upstream: 'Argo CD as of June 2026' },
  { package: 'argo-rollouts', upstream: 'Argo Rollouts as of April 2026' },
  { package: 'autoscaler', upstream: 'the vertical pod autoscaler as of December 2025' },
  { package: 'cert-manager', upstream: 'cert-manager as of August 2026' },
  {
    package: 'external-secrets',
    upstream: 'External Secrets as of April 2025, with some newer fields',
  },
  { package: 'flux-cd', upstream: 'Flux as of October 2025' },
  { package: 'gateway-api', upstream: 'Gateway API as of April 2026' },
  { package: 'keda', upstream: 'KEDA as of August 2025' },
  { package: 'prometheus-operator', upstream: 'Prometheus Operator as of March 2026' },
  { package: 'sealed-secrets', upstream: 'Sealed Secrets as of September 2025' },
];

/** Go types that look like kinds and are parts of others. */
export const noKinds: ReadonlySet<string> = new Set([
  'EmbeddedPersistentVolumeClaim',
  'WithTriggers',
]);

const clusterScoped = /^(\w*Cluster[A-Z]\w*|Bundle|CertificateRequestPolicy|GatewayClass|XMesh)$/;

/** The packages do not tell scopes; by their projects' CRDs these kinds are the whole cluster's. */
export function isNamespaced(kind: string): boolean {
  return !clusterScoped.test(kind);
}

/** The plural as code generators for CRDs make it. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
