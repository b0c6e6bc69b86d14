/** An app that a Flux Kustomization and an Argo CD Application change, each in its own cluster. */
export const engineFiles: Readonly<Record<string, string>> = {
  'clusters/dev/flux/app.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: app
  namespace: flux-system
spec:
  interval: 10m
  path: ./prod
  prune: true
  targetNamespace: dev
  sourceRef:
    kind: GitRepository
    name: flux-system
  images:
    - name: example/app-1
      newName: registry.example.com/app
      newTag: 2.0.0
    - name: example/side
      digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
  patches:
    - target: { kind: Deployment, name: app-1 }
      patch: |-
        - op: add
          path: /spec/revisionHistoryLimit
          value: 3
        - op: add
          path: /metadata/annotations
          value:
            owner: \${owner}
            zone: "of-flux"
    - patch: |
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: app-2
        spec:
          template:
            spec:
              containers:
                - name: main
                  env:
                    - name: FROM
                      value: flux
  postBuild:
    substitute:
      owner: somebody
`,
  'clusters/prod/argocd/app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: app
  namespace: argocd
spec:
  project: default
  destination:
    server: https://kubernetes.default.svc
    namespace: prod
  source:
    repoURL: https://git.example.com/team/config.git
    path: prod
    targetRevision: main
    kustomize:
      images:
        - example/app-1=registry.example.com/one:3.0.0
        - example/app-2:4.0.0
      replicas:
        - name: app-2
          count: 6
      commonAnnotations:
        synced-by: argo
      commonLabels:
        cluster: east
      labelWithoutSelector: true
      patches:
        - target:
            kind: Deployment
          patch: |-
            - op: add
              path: /spec/minReadySeconds
              value: 9
            - op: add
              path: /spec/template/spec/containers/0/env/-
              value:
                name: FROM
                value: argo
`,
};
