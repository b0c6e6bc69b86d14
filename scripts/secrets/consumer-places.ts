/** Where objects of a kind name a Secret that they read. */
export interface ConsumerPlace {
  readonly group: string;
  readonly kinds: readonly string[];
  /** A pattern of `valuesAt`. What it finds is the name, or an object that has it. */
  readonly at: string;
  /** How messages name the place. */
  readonly by: string;
  readonly name?: string;
  readonly key?: string;
  /** A key that is read without being named. */
  readonly fixedKey?: string;
  /** Where a namespace may be named; the object's own is meant otherwise. */
  readonly namespace?: string;
  /** The Secret is looked up in a namespace that the object does not show. */
  readonly elsewhere?: boolean;
  readonly use?: 'pull' | 'tls';
  /** Only where this sibling field has this value: `kind: Secret`. */
  readonly when?: readonly [field: string, value: string];
}

const monitors = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'];

/**
 * Consumers besides pods, from the API references of Kubernetes, Gateway API, KEDA,
 * cert-manager, External Secrets, Flux, the Prometheus operator and the CSI driver.
 * Places with a wildcard at the end hold an object such as `{ name, key }`.
 */
export const consumerPlaces: readonly ConsumerPlace[] = [
  {
    group: '',
    kinds: ['PersistentVolume'],
    at: 'spec.csi.*SecretRef',
    by: 'csi volume',
    namespace: 'namespace',
  },
  {
    group: 'networking.k8s.io',
    kinds: ['Ingress'],
    at: 'spec.tls.*.secretName',
    by: 'tls',
    use: 'tls',
  },
  {
    group: 'gateway.networking.k8s.io',
    kinds: ['Gateway'],
    at: 'spec.listeners.*.tls.certificateRefs.*',
    by: 'certificateRefs',
    namespace: 'namespace',
    use: 'tls',
    when: ['kind', 'Secret'],
  },
  {
    group: 'keda.sh',
    kinds: ['TriggerAuthentication'],
    at: 'spec.secretTargetRef.*',
    by: 'secretTargetRef',
    key: 'key',
  },
  {
    group: 'keda.sh',
    kinds: ['ClusterTriggerAuthentication'],
    at: 'spec.secretTargetRef.*',
    by: 'secretTargetRef',
    key: 'key',
    elsewhere: true,
  },
  {
    group: 'keda.sh',
    kinds: ['TriggerAuthentication'],
    at: 'spec.hashiCorpVault.credential.*SecretRef',
    by: 'hashiCorpVault',
    key: 'key',
  },
  { group: 'cert-manager.io', kinds: ['Issuer'], at: 'spec.ca.secretName', by: 'ca', use: 'tls' },
  {
    group: 'cert-manager.io',
    kinds: ['ClusterIssuer'],
    at: 'spec.ca.secretName',
    by: 'ca',
    use: 'tls',
    elsewhere: true,
  },
  ...(['Issuer', 'ClusterIssuer'] as const).flatMap((kind): ConsumerPlace[] => {
    const where = { group: 'cert-manager.io', kinds: [kind], elsewhere: kind === 'ClusterIssuer' };
    return [
      { ...where, at: 'spec.acme.solvers.**.*SecretRef', by: 'ACME solver', key: 'key' },
      {
        ...where,
        at: 'spec.acme.externalAccountBinding.keySecretRef',
        by: 'account binding',
        key: 'key',
      },
      { ...where, at: 'spec.vault.auth.**.*ecretRef', by: 'vault sign-in', key: 'key' },
      { ...where, at: 'spec.venafi.**.credentialsRef', by: 'venafi sign-in' },
    ];
  }),
  {
    group: 'cert-manager.io',
    kinds: ['Certificate'],
    at: 'spec.keystores.*.passwordSecretRef',
    by: 'keystore password',
    key: 'key',
  },
  {
    group: 'external-secrets.io',
    kinds: ['PushSecret'],
    at: 'spec.selector.secret',
    by: 'selector',
  },
  {
    group: 'helm.toolkit.fluxcd.io',
    kinds: ['HelmRelease'],
    at: 'spec.valuesFrom.*',
    by: 'valuesFrom',
    key: 'valuesKey',
    when: ['kind', 'Secret'],
  },
  {
    group: 'kustomize.toolkit.fluxcd.io',
    kinds: ['Kustomization'],
    at: 'spec.postBuild.substituteFrom.*',
    by: 'substituteFrom',
    when: ['kind', 'Secret'],
  },
  {
    group: 'kustomize.toolkit.fluxcd.io',
    kinds: ['Kustomization'],
    at: 'spec.decryption.secretRef',
    by: 'decryption',
  },
  {
    group: 'source.toolkit.fluxcd.io',
    kinds: ['GitRepository', 'HelmRepository', 'OCIRepository', 'Bucket'],
    at: 'spec.*ecretRef',
    by: 'sign-in of the source',
  },
  ...[
    '*.basicAuth.username',
    '*.basicAuth.password',
    '*.bearerTokenSecret',
    '*.tlsConfig.ca.secret',
    '*.tlsConfig.cert.secret',
    '*.tlsConfig.keySecret',
    '*.authorization.credentials',
  ].map(
    (at): ConsumerPlace => ({
      group: 'monitoring.coreos.com',
      kinds: monitors,
      at: `spec.*.${at}`,
      by: 'sign-in of the monitor',
      key: 'key',
    }),
  ),
];

/** Annotations of ingress-nginx that name a Secret as `namespace/name` or `name`, and what they read. */
export const ingressAnnotations: Readonly<Record<string, 'basic' | 'ca' | 'tls'>> = {
  'nginx.ingress.kubernetes.io/auth-secret': 'basic',
  'nginx.ingress.kubernetes.io/auth-tls-secret': 'ca',
  'nginx.ingress.kubernetes.io/proxy-ssl-secret': 'tls',
  'nginx.ingress.kubernetes.io/secure-verify-ca-secret': 'ca',
};
