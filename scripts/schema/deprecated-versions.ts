/** An API version of Kubernetes that is still served for a while. */
export interface Deprecation {
  /** The minor that deprecated it. */
  readonly since: string;
  /** First minor without it, where that is decided. */
  readonly removed?: string;
  /** What to use instead where it is not the same kind in a newer version. */
  readonly use?: string;
}

const policies: Deprecation = { since: '1.31', removed: '1.34' };

/**
 * Kinds of Kubernetes that are deprecated, with what its sources and its deprecation guide say
 * of them. Betas whose stable version is served need no entry.
 */
export const deprecatedVersions: ReadonlyMap<string, Deprecation> = new Map<string, Deprecation>([
  ['v1/ComponentStatus', { since: '1.19' }],
  ['v1/Endpoints', { since: '1.33', use: 'EndpointSlice of discovery.k8s.io/v1' }],
  ['admissionregistration.k8s.io/v1beta1/ValidatingAdmissionPolicy', policies],
  ['admissionregistration.k8s.io/v1beta1/ValidatingAdmissionPolicyBinding', policies],
  ['authentication.k8s.io/v1beta1/SelfSubjectReview', { since: '1.30', removed: '1.33' }],
  ['storage.k8s.io/v1alpha1/VolumeAttributesClass', { since: '1.32', removed: '1.35' }],
]);

/** Where a custom kind has gone, and which release of its controller brought that. */
export interface Successor {
  readonly use: string;
  readonly release: string;
}

const kustomize: Successor = { use: 'kustomize.toolkit.fluxcd.io/v1', release: 'Flux 2.0' };
const git: Successor = { use: 'source.toolkit.fluxcd.io/v1', release: 'Flux 2.0' };
const charts: Successor = { use: 'source.toolkit.fluxcd.io/v1', release: 'Flux 2.3' };
const helm: Successor = { use: 'helm.toolkit.fluxcd.io/v2', release: 'Flux 2.3' };
const receiver: Successor = { use: 'notification.toolkit.fluxcd.io/v1', release: 'Flux 2.0' };

/** Custom kinds whose apiVersion is deprecated by their project. */
export const successors: ReadonlyMap<string, Successor> = new Map([
  ['kustomize.toolkit.fluxcd.io/v1beta1/Kustomization', kustomize],
  ['kustomize.toolkit.fluxcd.io/v1beta2/Kustomization', kustomize],
  ['source.toolkit.fluxcd.io/v1beta1/GitRepository', git],
  ['source.toolkit.fluxcd.io/v1beta2/GitRepository', git],
  ['source.toolkit.fluxcd.io/v1beta1/HelmRepository', charts],
  ['source.toolkit.fluxcd.io/v1beta2/HelmRepository', charts],
  ['source.toolkit.fluxcd.io/v1beta1/HelmChart', charts],
  ['source.toolkit.fluxcd.io/v1beta2/HelmChart', charts],
  ['helm.toolkit.fluxcd.io/v2beta1/HelmRelease', helm],
  ['helm.toolkit.fluxcd.io/v2beta2/HelmRelease', helm],
  ['notification.toolkit.fluxcd.io/v1beta1/Receiver', receiver],
  ['notification.toolkit.fluxcd.io/v1beta2/Receiver', receiver],
]);
