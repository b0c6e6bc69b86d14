import { expect, test } from 'vitest';
import { syncOf, unitIn } from './graph-of.ts';

const source = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: own, namespace: flux-system }
spec: { url: "ssh://git@git.example.com/team/own.git", ref: { branch: main, tag: v2 }, secretRef: { name: key } }`;

const kustomization = `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web, namespace: flux-system }
spec:
  dependsOn: [{ name: base }, { name: infra, namespace: infra, readyExpr: "true" }]
  sourceRef: { kind: GitRepository, name: own }
  path: ./apps/web
  prune: true
  wait: true
  timeout: 5m
  retryInterval: 1m
  targetNamespace: web
  postBuild: { substitute: { A: b } }
  healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: web }]
  healthCheckExprs: [{ apiVersion: a/v1, kind: B, current: "true" }]`;

const files = {
  'clusters/dev/flux/source.yaml': source,
  'clusters/dev/flux/web.yaml': kustomization,
  'apps/web/a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }',
};

test('a Kustomization takes what its source says', () => {
  const unit = unitIn(syncOf(files, [{ path: 'apps/web', files: ['apps/web/a.yaml'] }]), 'web');
  expect(unit).toMatchObject({
    engine: 'flux',
    targets: ['apps/web'],
    sources: [
      {
        kind: 'git',
        isOwn: true,
        reference: 'GitRepository/flux-system/own',
        repository: 'ssh://git@git.example.com/team/own.git',
        // A tag wins over a branch.
        revision: { kind: 'tag', value: 'v2', at: ['spec', 'ref', 'tag'] },
        path: 'apps/web',
        pathAt: ['spec', 'path'],
      },
    ],
    changes: [
      ['spec', 'postBuild'],
      ['spec', 'targetNamespace'],
    ],
    dependsOn: [
      { id: 'flux Kustomization flux-system/base', at: ['spec', 'dependsOn', 0] },
      { id: 'flux Kustomization infra/infra', readyExpr: 'true' },
    ],
    gates: {
      wait: true,
      timeout: '5m',
      retryInterval: '1m',
      healthChecks: [{ kind: 'Deployment', name: 'web' }],
      healthCheckExprs: ['a/v1/B'],
    },
    policy: { automated: true, prune: true, deletion: 'MirrorPrune', remote: false },
    destination: { cluster: 'dev', namespace: 'web' },
  });
});

test('another URL of the same repository is this one too', () => {
  const sync = syncOf({
    ...files,
    'clusters/dev/argocd/web.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: argo }
spec: { source: { repoURL: "https://git.example.com/team/own", path: nowhere } }`,
  });
  expect(unitIn(sync, 'argo').sources).toMatchObject([{ isOwn: true, path: 'nowhere' }]);
});

test('a source that is not there is not known, and neither is its revision', () => {
  const sync = syncOf({ 'clusters/dev/web.yaml': kustomization });
  expect(unitIn(sync, 'web').sources).toMatchObject([
    { repository: '', isOwn: false, revision: { kind: 'unknown' } },
  ]);
});

test('a HelmRelease names its chart, its release and what the chart brings', () => {
  const sync = syncOf({
    'clusters/dev/keda.yaml': `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: scaler, namespace: flux-system }
spec:
  dependsOn: [{ name: prometheus }]
  targetNamespace: keda
  chart:
    spec: { chart: keda, version: ">=2.0.0", sourceRef: { kind: HelmRepository, name: kedacore } }
  install: { createNamespace: true, disableWait: true }
  upgrade: { crds: CreateReplace }
  valuesFrom: [{ kind: Secret, name: values, optional: true }]
  driftDetection: { mode: enabled, ignore: [{ paths: [/spec/replicas], target: { kind: Deployment } }] }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: kedacore, namespace: flux-system }
spec: { url: https://charts.example.com }`,
  });
  expect(unitIn(sync, 'scaler')).toMatchObject({
    kind: 'HelmRelease',
    targets: [],
    sources: [
      {
        kind: 'chart',
        chart: 'keda',
        repository: 'https://charts.example.com',
        revision: { kind: 'semver', at: ['spec', 'chart', 'spec', 'version'] },
      },
    ],
    dependsOn: [{ id: 'flux HelmRelease flux-system/prometheus' }],
    gates: { wait: false },
    policy: { createsNamespace: true, selfHeal: true },
    destination: { namespace: 'keda', cluster: 'dev' },
    ignored: [{ kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
    release: {
      name: 'keda-scaler',
      installCrds: 'Create',
      upgradeCrds: 'CreateReplace',
      valuesFrom: [{ kind: 'Secret', name: 'values', key: 'values.yaml', optional: true }],
    },
  });
});

test('a chart in Git is a folder, and one by reference has the revision of its source', () => {
  const sync = syncOf({
    ...files,
    'clusters/dev/releases.yaml': `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: folder, namespace: flux-system }
spec:
  chart: { spec: { chart: ./charts/web, sourceRef: { kind: GitRepository, name: own } } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: image, namespace: flux-system }
spec: { chartRef: { kind: OCIRepository, name: podinfo } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: podinfo, namespace: flux-system }
spec: { url: "oci://ghcr.example.com/podinfo", ref: { semver: 6.x } }`,
  });
  expect(unitIn(sync, 'folder').sources).toMatchObject([
    { kind: 'git', isOwn: true, path: 'charts/web', chart: 'web', revision: { value: 'v2' } },
  ]);
  expect(unitIn(sync, 'image').sources).toMatchObject([
    { kind: 'chart', chart: 'podinfo', revision: { kind: 'semver', value: '6.x' } },
  ]);
});

test('a kubeconfig leads to another cluster', () => {
  const remote = kustomization.replace('  prune: true', '  kubeConfig: { secretRef: { name: k } }');
  const unit = unitIn(syncOf({ 'clusters/dev/web.yaml': remote }), 'web');
  expect(unit.policy).toMatchObject({ remote: true, prune: false });
  expect(unit.destination).not.toHaveProperty('cluster');
});
