/** When Kubernetes stopped serving an API version, and what to use since. */
export interface Removal {
  /** First minor without it. */
  readonly since: string;
  /** The apiVersion instead; absent when the kind's only remaining home is obvious or there is none. */
  readonly use?: string;
}

const apps: Removal = { since: '1.16', use: 'apps/v1' };
const ingress: Removal = { since: '1.22', use: 'networking.k8s.io/v1' };

/**
 * API versions, or single kinds of them, that were removed before the oldest minor of
 * the catalogue or within it. From the deprecated API migration guide of kubernetes.io.
 */
export const removedVersions: Readonly<Record<string, Removal>> = Object.assign(
  Object.create(null),
  {
    'admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration': {
      since: '1.22',
      use: 'admissionregistration.k8s.io/v1',
    },
    'admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration': {
      since: '1.22',
      use: 'admissionregistration.k8s.io/v1',
    },
    'apiextensions.k8s.io/v1beta1': { since: '1.22', use: 'apiextensions.k8s.io/v1' },
    'apiregistration.k8s.io/v1beta1': { since: '1.22', use: 'apiregistration.k8s.io/v1' },
    'apps/v1beta1': apps,
    'apps/v1beta2': apps,
    'authentication.k8s.io/v1beta1/TokenReview': { since: '1.22', use: 'authentication.k8s.io/v1' },
    'authorization.k8s.io/v1beta1': { since: '1.22', use: 'authorization.k8s.io/v1' },
    'autoscaling/v2beta1': { since: '1.25', use: 'autoscaling/v2' },
    'autoscaling/v2beta2': { since: '1.26', use: 'autoscaling/v2' },
    'batch/v1beta1': { since: '1.25', use: 'batch/v1' },
    'certificates.k8s.io/v1beta1/CertificateSigningRequest': {
      since: '1.22',
      use: 'certificates.k8s.io/v1',
    },
    'coordination.k8s.io/v1beta1/Lease': { since: '1.22', use: 'coordination.k8s.io/v1' },
    'discovery.k8s.io/v1beta1': { since: '1.25', use: 'discovery.k8s.io/v1' },
    'events.k8s.io/v1beta1': { since: '1.25', use: 'events.k8s.io/v1' },
    'extensions/v1beta1': apps,
    'extensions/v1beta1/Ingress': ingress,
    'extensions/v1beta1/NetworkPolicy': { since: '1.16', use: 'networking.k8s.io/v1' },
    'extensions/v1beta1/PodSecurityPolicy': { since: '1.16' },
    'flowcontrol.apiserver.k8s.io/v1beta1': {
      since: '1.26',
      use: 'flowcontrol.apiserver.k8s.io/v1',
    },
    'flowcontrol.apiserver.k8s.io/v1beta2': {
      since: '1.29',
      use: 'flowcontrol.apiserver.k8s.io/v1',
    },
    'flowcontrol.apiserver.k8s.io/v1beta3': {
      since: '1.32',
      use: 'flowcontrol.apiserver.k8s.io/v1',
    },
    'networking.k8s.io/v1beta1/Ingress': ingress,
    'networking.k8s.io/v1beta1/IngressClass': ingress,
    'node.k8s.io/v1beta1': { since: '1.25', use: 'node.k8s.io/v1' },
    'policy/v1beta1/PodDisruptionBudget': { since: '1.25', use: 'policy/v1' },
    'policy/v1beta1/PodSecurityPolicy': { since: '1.25' },
    'rbac.authorization.k8s.io/v1beta1': { since: '1.22', use: 'rbac.authorization.k8s.io/v1' },
    'scheduling.k8s.io/v1beta1': { since: '1.22', use: 'scheduling.k8s.io/v1' },
    'storage.k8s.io/v1beta1/CSIDriver': { since: '1.22', use: 'storage.k8s.io/v1' },
    'storage.k8s.io/v1beta1/CSINode': { since: '1.22', use: 'storage.k8s.io/v1' },
    'storage.k8s.io/v1beta1/CSIStorageCapacity': { since: '1.27', use: 'storage.k8s.io/v1' },
    'storage.k8s.io/v1beta1/StorageClass': { since: '1.22', use: 'storage.k8s.io/v1' },
    'storage.k8s.io/v1beta1/VolumeAttachment': { since: '1.22', use: 'storage.k8s.io/v1' },
  } satisfies Record<string, Removal>,
);
