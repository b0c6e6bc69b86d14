const repository = 'https://git.example.com/team/deployments.git';

/** One Argo CD Application whose folder holds the others. */
export const appOfApps: Readonly<Record<string, string>> = {
  'bootstrap/root.yaml': application('root', '    path: apps', 'argocd'),
  'apps/web.yaml': application('web', '    path: manifests/web/overlays/prod', 'web'),
  'apps/worker.yaml': application('worker', '    path: manifests/worker', 'worker'),
  'apps/ingress-nginx.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ingress-nginx
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://kubernetes.github.io/ingress-nginx
    chart: ingress-nginx
    targetRevision: 4.13.3
  destination:
    server: https://kubernetes.default.svc
    namespace: ingress-nginx
`,
  'manifests/web/base/kustomization.yaml': 'resources:\n  - deployment.yaml\n  - service.yaml\n',
  'manifests/web/base/deployment.yaml': deployment('web', 'registry.example.com/web'),
  'manifests/web/base/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: http
`,
  'manifests/web/overlays/prod/kustomization.yaml': `namespace: web
resources:
  - ../../base
  - external-secret.yaml
  - network-policy.yaml
images:
  - name: registry.example.com/web
    newTag: 2.4.1
`,
  'manifests/web/overlays/prod/network-policy.yaml': `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
spec:
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
`,
  'manifests/web/overlays/prod/external-secret.yaml': `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: vault
spec:
  provider:
    vault:
      server: https://vault.example.com
      path: kv
      version: v2
      auth:
        kubernetes:
          mountPath: kubernetes
          role: web
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: web
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: SecretStore
    name: vault
  target:
    name: web
  data:
    - secretKey: token
      remoteRef:
        key: web
        property: token
`,
  'manifests/worker/deployment.yaml': deployment('worker', 'registry.example.com/worker:1.8.0'),
};

function application(name: string, source: string, namespace: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: default
  source:
    repoURL: ${repository}
    targetRevision: main
${source}
  destination:
    server: https://kubernetes.default.svc
    namespace: ${namespace}
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - CreateNamespace=true
`;
}

function deployment(name: string, image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: ${image}
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: TOKEN
              valueFrom:
                secretKeyRef:
                  name: web
                  key: token
                  optional: true
`;
}
