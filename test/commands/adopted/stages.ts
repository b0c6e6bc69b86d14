/** `apps`, `infrastructure` and `clusters` side by side, synced by Flux in two environments. */
export const stages: Readonly<Record<string, string>> = {
  'README.md': '# fleet\n',
  'apps/base/shop/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop
resources:
  - namespace.yaml
  - repository.yaml
  - release.yaml
`,
  'apps/base/shop/namespace.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: shop
`,
  'apps/base/shop/repository.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: shop
spec:
  interval: 5m
  url: https://charts.example.com/shop
`,
  'apps/base/shop/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
spec:
  releaseName: shop
  interval: 50m
  chart:
    spec:
      chart: shop
      sourceRef:
        kind: HelmRepository
        name: shop
  install:
    remediation:
      retries: 3
  values:
    ingress:
      enabled: true
`,
  ...environment(
    'staging',
    '>=1.0.0-alpha',
    'https://acme-staging-v02.api.letsencrypt.org/directory',
  ),
  ...environment('production', '>=1.0.0', 'https://acme-v02.api.letsencrypt.org/directory'),
  'infrastructure/controllers/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - cert-manager.yaml
`,
  'infrastructure/controllers/cert-manager.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: cert-manager
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: cert-manager
  namespace: cert-manager
spec:
  interval: 24h
  url: https://charts.jetstack.io
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: cert-manager
  namespace: cert-manager
spec:
  interval: 30m
  chart:
    spec:
      chart: cert-manager
      version: "1.x"
      sourceRef:
        kind: HelmRepository
        name: cert-manager
        namespace: cert-manager
      interval: 12h
  values:
    crds:
      enabled: true
`,
  'infrastructure/configs/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - cluster-issuers.yaml
`,
  'infrastructure/configs/cluster-issuers.yaml': `apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: letsencrypt
spec:
  acme:
    # Replaced for each cluster.
    server: https://acme-staging-v02.api.letsencrypt.org/directory
    email: ops@example.com
    privateKeySecretRef:
      name: letsencrypt-account
    solvers:
      - http01:
          ingress:
            ingressClassName: nginx
`,
};

function environment(name: string, versions: string, server: string): Record<string, string> {
  return {
    [`apps/${name}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base/shop
patches:
  - path: shop-values.yaml
    target:
      kind: HelmRelease
      name: shop
`,
    [`apps/${name}/shop-values.yaml`]: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
spec:
  chart:
    spec:
      version: "${versions}"
  values:
    ingress:
      hosts:
        - host: shop.${name}.example.com
`,
    [`clusters/${name}/apps.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  dependsOn:
    - name: infra-configs
  sourceRef:
    kind: GitRepository
    name: flux-system
  path: ./apps/${name}
  prune: true
  wait: true
  timeout: 5m
`,
    [`clusters/${name}/infrastructure.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infra-controllers
  namespace: flux-system
spec:
  interval: 1h
  sourceRef:
    kind: GitRepository
    name: flux-system
  path: ./infrastructure/controllers
  prune: true
  wait: true
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infra-configs
  namespace: flux-system
spec:
  dependsOn:
    - name: infra-controllers
  interval: 1h
  sourceRef:
    kind: GitRepository
    name: flux-system
  path: ./infrastructure/configs
  prune: true
  patches:
    - patch: |
        - op: replace
          path: /spec/acme/server
          value: ${server}
      target:
        kind: ClusterIssuer
        name: letsencrypt
`,
    [`clusters/${name}/flux-system/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - gotk-components.yaml
  - gotk-sync.yaml
`,
    [`clusters/${name}/flux-system/gotk-components.yaml`]: `---
apiVersion: v1
kind: Namespace
metadata:
  name: flux-system
`,
    [`clusters/${name}/flux-system/gotk-sync.yaml`]: `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  ref:
    branch: main
  secretRef:
    name: flux-system
  url: ssh://git@git.example.com/platform/fleet
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m0s
  path: ./clusters/${name}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
  };
}
