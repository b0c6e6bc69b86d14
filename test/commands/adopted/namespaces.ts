const encrypted = (type: string) =>
  `ENC[AES256_GCM,data:3q2+7wAB,iv:4vC7Yq0nJd2q3n0m1bQpZb0sZ8l2m3nX9y0aBcDeFgQ=,tag:qL8zq1m0c2Jk3l4Z5x6C7w==,type:${type}]`;

/** A home cluster: one folder a namespace, one `ks.yaml` an app, values substituted by Flux. */
export const namespaces: Readonly<Record<string, string>> = {
  '.sops.yaml': `creation_rules:
  - path_regex: kubernetes/.+\\.sops\\.ya?ml
    encrypted_regex: ^(data|stringData)$
    age: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
`,
  'kubernetes/flux/cluster/ks.yaml': `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: cluster-apps
  namespace: flux-system
spec:
  interval: 1h
  path: ./kubernetes/apps
  prune: true
  decryption:
    provider: sops
    secretRef:
      name: sops-age
  sourceRef:
    kind: GitRepository
    name: flux-system
    namespace: flux-system
  wait: false
  patches:
    - patch: |-
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: not-used
        spec:
          decryption:
            provider: sops
            secretRef:
              name: sops-age
      target:
        group: kustomize.toolkit.fluxcd.io
        kind: Kustomization
`,
  'kubernetes/components/sops/kustomization.yaml': `---
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources:
  - ./cluster-secrets.sops.yaml
`,
  'kubernetes/components/sops/cluster-secrets.sops.yaml': `---
apiVersion: v1
kind: Secret
metadata:
  name: cluster-secrets
stringData:
  SECRET_DOMAIN: ${encrypted('str')}
sops:
  age:
    - recipient: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
      enc: |
        -----BEGIN AGE ENCRYPTED FILE-----
        YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB0aGUgd29yZHMgb2YgYSB0
        -----END AGE ENCRYPTED FILE-----
  lastmodified: "2026-03-01T10:00:00Z"
  mac: ${encrypted('str')}
  encrypted_regex: ^(data|stringData)$
  mac_only_encrypted: true
  version: 3.10.2
`,
  ...namespace('default', 'echo'),
  ...namespace('observability', 'grafana'),
};

function namespace(name: string, app: string): Record<string, string> {
  const folder = `kubernetes/apps/${name}`;
  return {
    [`${folder}/kustomization.yaml`]: `---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}
components:
  - ../../components/sops
resources:
  - ./namespace.yaml
  - ./${app}/ks.yaml
`,
    [`${folder}/namespace.yaml`]: `---
apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  annotations:
    kustomize.toolkit.fluxcd.io/prune: disabled
`,
    [`${folder}/${app}/ks.yaml`]: `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${app}
spec:
  interval: 1h
  path: ./kubernetes/apps/${name}/${app}/app
  postBuild:
    substituteFrom:
      - name: cluster-secrets
        kind: Secret
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
    namespace: flux-system
  targetNamespace: ${name}
  wait: false
`,
    [`${folder}/${app}/app/kustomization.yaml`]: `---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ./helmrelease.yaml
  - ./ocirepository.yaml
`,
    [`${folder}/${app}/app/ocirepository.yaml`]: `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: ${app}
spec:
  interval: 15m
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
  ref:
    tag: 4.2.0
  url: oci://registry.example.com/charts/app-template
`,
    [`${folder}/${app}/app/helmrelease.yaml`]: `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${app}
spec:
  chartRef:
    kind: OCIRepository
    name: ${app}
  interval: 1h
  values:
    route:
      app:
        hostnames: ["{{ .Release.Name }}.\${SECRET_DOMAIN}"]
`,
  };
}
