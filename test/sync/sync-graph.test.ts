import { expect, test } from 'vitest';
import { placeOf } from '../../scripts/sync/place-of.ts';
import { syncGraphOf } from '../../scripts/sync/sync-graph-of.ts';
import { inputOf, syncOf, unitIn } from './graph-of.ts';

const own = 'https://git.example.com/own.git';
const application = (name: string, source: string, more = '') => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: apps
  source: ${source}
  destination: { server: https://kubernetes.default.svc, namespace: web }
${more}`;

const rooted = {
  'clusters/dev/argocd/bootstrap.yaml': application(
    'bootstrap',
    `{ repoURL: ${own}, path: clusters/dev/argocd, directory: { recurse: true, exclude: "{bootstrap,x}.yaml" } }`,
  ),
  'clusters/dev/argocd/apps/web.yaml': application(
    'web',
    `{ repoURL: ${own}, targetRevision: v1.0.0, path: ./apps/web/ }`,
    `  syncPolicy:
    automated: { prune: true }
    syncOptions: [CreateNamespace=true]
  ignoreDifferences:
    - { group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }`,
  ),
  'apps/web/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }',
};
const targets = [
  {
    path: 'clusters/dev/argocd',
    files: ['clusters/dev/argocd/bootstrap.yaml', 'clusters/dev/argocd/apps/web.yaml'],
  },
  { path: 'apps/web', files: ['apps/web/deployment.yaml'] },
];

test('an app of apps is the parent of what it applies, and not of what it excludes', () => {
  const sync = syncOf(rooted, targets);
  expect(unitIn(sync, 'bootstrap').parents).toEqual([]);
  expect(unitIn(sync, 'web')).toMatchObject({
    id: 'argocd Application argocd/web',
    parents: ['argocd Application argocd/bootstrap'],
    targets: ['apps/web'],
    destination: { cluster: 'dev', namespace: 'web' },
    project: 'apps',
    policy: {
      automated: true,
      prune: true,
      selfHeal: false,
      createsNamespace: true,
      remote: false,
    },
    ignored: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
    sources: [
      { kind: 'git', isOwn: true, path: 'apps/web', revision: { kind: 'tag', value: 'v1.0.0' } },
    ],
  });
  expect(placeOf(unitIn(sync, 'web'), ['spec', 'project'])).toMatchObject({
    manifest: { name: 'web' },
    path: ['spec', 'project'],
  });
});

test('what a target cannot render is read from its files', () => {
  const failing = targets.map((one) => ({ ...one, fails: true }));
  expect(syncOf(rooted, failing).units.map(({ name }) => name)).toEqual(['bootstrap', 'web']);
});

test('a graph is read once a repository', () => {
  const input = inputOf(rooted, targets);
  expect(syncGraphOf(input)).toBe(syncGraphOf(input));
  expect(syncGraphOf(inputOf(rooted, targets))).not.toBe(syncGraphOf(input));
});

test('one object in two files is one unit that says so', () => {
  const twice = {
    ...rooted,
    'clusters/dev/other.yaml': rooted['clusters/dev/argocd/apps/web.yaml'],
  };
  const { declared } = unitIn(syncOf(twice, targets), 'web');
  expect(declared.also.map(({ origin }) => origin?.file)).toEqual(['clusters/dev/other.yaml']);
});

test('sources may lend their files to a chart', () => {
  const {
    sources,
    release,
    targets: none,
  } = unitIn(
    syncOf({
      ...rooted,
      'clusters/dev/chart.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: chart }
spec:
  sources:
    - repoURL: https://charts.example.com
      chart: keda
      targetRevision: 2.x
      helm: { releaseName: scaler, valueFiles: [$values/apps/keda/values.yaml, "https://x/y.yaml"] }
    - { repoURL: ${own}, ref: values }`,
    }),
    'chart',
  );
  expect(sources).toMatchObject([
    {
      kind: 'chart',
      chart: 'keda',
      isOwn: false,
      revision: { kind: 'semver' },
      valueFiles: [{ file: 'apps/keda/values.yaml' }, { written: 'https://x/y.yaml' }],
    },
    { kind: 'files', ref: 'values', isOwn: true, revision: { kind: 'head' } },
  ]);
  expect(sources[0]?.valueFiles[1]).not.toHaveProperty('file');
  expect(release).toMatchObject({ name: 'scaler', installCrds: 'CreateReplace' });
  expect(release?.contents?.crds).toContain('scaledobjects.keda.sh');
  expect(none).toEqual([]);
});

test('cluster.yaml says better than the built-in table what a chart brings', () => {
  const sync = syncOf({
    'clusters/dev/cluster.yaml': 'name: dev\ncharts: { keda: { crds: [a.example.com] } }',
    'clusters/dev/keda.yaml': application(
      'keda',
      '{ repoURL: x, chart: keda, targetRevision: 1.0.0 }',
    ),
  });
  expect(unitIn(sync, 'keda').release?.contents?.crds).toEqual(['a.example.com']);
});

test('an ApplicationSet gives units that are blamed on it', () => {
  const sync = syncOf(
    {
      ...rooted,
      'clusters/dev/set.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
  generators:
    - git: { repoURL: ${own}, directories: [{ path: apps/* }] }
    - plugin: {}
  template:
    metadata: { name: "app-{{path.basename}}" }
    spec: { source: { repoURL: ${own}, path: "{{path}}" }, destination: { name: in-cluster } }`,
    },
    targets,
  );
  const unit = unitIn(sync, 'app-web');
  expect(unit).toMatchObject({ targets: ['apps/web'], destination: { cluster: 'dev' } });
  expect(placeOf(unit, ['spec', 'source', 'path'])).toMatchObject({
    manifest: { kind: 'ApplicationSet' },
    path: ['spec', 'template', 'spec', 'source', 'path'],
  });
  expect(sync.applicationSets).toMatchObject([
    { name: 'all', units: [unit.id], isComplete: false },
  ]);
  expect(sync.problems.map(({ kind }) => kind)).toEqual(['unknown']);
});

test('what a path is rendered as for another object is not applied', () => {
  const variants = [
    {
      path: 'apps/web',
      name: 'apps/web@a',
      syncedBy: ['clusters/dev/argocd/apps/web.yaml'],
      files: [],
    },
    { path: 'apps/web', name: 'apps/web@b', syncedBy: ['clusters/dev/b.yaml'], files: [] },
  ];
  expect(unitIn(syncOf(rooted, variants), 'web').targets).toEqual(['apps/web@a']);
});

test('a project is read as written', () => {
  const { projects } = syncOf({
    'clusters/dev/project.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: apps }
spec:
  sourceRepos: ["*", "!https://evil.example.com/*"]
  destinations: [{ server: "*", namespace: web }]
  namespaceResourceBlacklist: [{ group: "", kind: Secret }]`,
  });
  expect(projects).toMatchObject([
    {
      name: 'apps',
      namespace: 'argocd',
      sourceRepos: ['*', '!https://evil.example.com/*'],
      destinations: [{ server: '*', namespace: 'web' }],
      namespacedDenied: [{ group: '', kind: 'Secret' }],
      clusterDenied: [],
    },
  ]);
  expect(projects[0]).not.toHaveProperty('clusterAllowed');
});

test('objects of odd types are read without a crash', () => {
  const odd = ['Application', 'ApplicationSet', 'AppProject'].map((kind) => [
    'argoproj.io/v1alpha1',
    kind,
  ]);
  const flux = [
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    ['source.toolkit.fluxcd.io/v1', 'GitRepository'],
  ];
  for (const spec of [
    '1',
    '[]',
    '{ source: 1, sources: [1], generators: {}, dependsOn: [1, null], chart: [], path: {} }',
  ]) {
    const text = [...odd, ...flux]
      .map(
        ([api, kind]) => `apiVersion: ${api}\nkind: ${kind}\nmetadata: { name: a }\nspec: ${spec}`,
      )
      .join('\n---\n');
    const sync = syncOf({ 'clusters/dev/odd.yaml': text });
    expect(sync.units).toHaveLength(3);
    expect(JSON.stringify(sync)).toContain('a');
  }
});
