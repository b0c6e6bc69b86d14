/** A Flux Kustomization. */
export function fluxKustomization(name: string, path: string, more = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  sourceRef:
    kind: GitRepository
    name: flux-system
  path: ./${path}
  interval: 1h
  prune: true
${more}`;
}

/** An Argo CD Application. */
export function application(name: string, path: string, more = ''): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  project: default
  destination:
    name: in-cluster
    namespace: web
  source:
    repoURL: https://git.example.com/team/config.git
    path: ${path}
    targetRevision: main
${more}`;
}

/** A kustomization that lists these resources. */
export function kustomization(resources: readonly string[], more = ''): string {
  const list = resources.map((one) => `  - ${one}\n`).join('');
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${list}${more}`;
}

/** A Deployment of one container. */
export function deployment(image: string, replicas = '2'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: ${image}
`;
}

/** A ConfigMap in flux-system. */
export function configMap(name: string, data: Readonly<Record<string, string>>): string {
  const lines = Object.entries(data).map(([key, value]) => `  ${key}: ${value}\n`);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: flux-system
data:
${lines.join('')}`;
}
