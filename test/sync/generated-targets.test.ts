import { expect, test } from 'vitest';
import { discover } from '../../scripts/discover/discover.ts';
import { validate } from '../../scripts/pipeline.ts';
import { makeRepository } from '../repository.ts';

const own = 'https://git.example.com/own.git';
const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: all
  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
    - matrix:
        generators:
          - git:
              repoURL: ${own}
              directories:
                - path: apps/*
          - list:
              elements:
                - tag: "1.29"
  template:
    metadata:
      name: "{{ .path.basename }}"
    spec:
      project: default
      source:
        repoURL: ${own}
        targetRevision: main
        path: "{{ .path.path }}"
        kustomize:
          images: ["nginx:{{ .tag }}"]
      destination:
        server: https://kubernetes.default.svc
        namespace: "{{ .path.basename }}"
`;
const app = (name: string) => ({
  [`apps/${name}/kustomization.yaml`]: 'resources: [pod.yaml]\n',
  [`apps/${name}/pod.yaml`]: `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
    - name: web
      image: nginx
`,
});
const repository = {
  'clusters/dev/argocd/set.yaml': set,
  ...app('web'),
  ...app('api'),
};

function discovered(files: Readonly<Record<string, string>>) {
  const folder = makeRepository(files);
  const { targets } = discover({
    root: folder,
    only: [],
    ignore: [],
    clusters: [],
    allowed: new Set(),
    given: [],
  });
  return targets.filter(({ target }) => target.path.startsWith('apps/'));
}

test('what an ApplicationSet generates is synced and rendered as the engine changes it', () => {
  const targets = discovered(repository);
  expect(targets.map(({ target }) => target)).toMatchObject([
    { path: 'apps/api', clusters: ['dev'], syncedBy: ['clusters/dev/argocd/set.yaml'] },
    { path: 'apps/web', clusters: ['dev'], syncedBy: ['clusters/dev/argocd/set.yaml'] },
  ]);
  expect(targets[0]?.input.changed?.text).toContain('1.29');
  expect(targets[0]?.input.changed?.parts).toMatchObject([
    { from: ['spec', 'template', 'spec', 'source', 'kustomize', 'images', 0] },
  ]);
});

test('without the ApplicationSet nobody syncs the same folders', () => {
  const { 'clusters/dev/argocd/set.yaml': _, ...rest } = repository;
  const targets = discovered({ ...rest, 'clusters/dev/cluster.yaml': 'name: dev\n' });
  expect(targets.map(({ target }) => target.clusters)).toEqual([[], []]);
});

test('a path that a generated Application syncs and that is not there is told in its template', async () => {
  const wrong = set.replace('path: "{{ .path.path }}"', 'path: "{{ .path.path }}/base"');
  const folder = makeRepository({ ...repository, 'clusters/dev/argocd/set.yaml': wrong });
  const report = await validate({
    root: folder,
    selectRule: ({ id }) => id === 'sync/path-exists',
  });
  expect(report.findings).toMatchObject([
    {
      message: 'Application argocd/api syncs "apps/api/base", which does not exist',
      location: { file: 'clusters/dev/argocd/set.yaml', line: 27, column: 15 },
    },
    { message: 'Application argocd/web syncs "apps/web/base", which does not exist' },
  ]);
});

test('needs no folder of clusters', async () => {
  const root = makeRepository({ 'argocd/all.yaml': set, ...app('web'), ...app('api') });
  const { targets, findings } = await validate({ root });
  expect(targets.map(({ path, clusters }) => [path, clusters])).toEqual([
    ['apps/api', ['cluster']],
    ['apps/web', ['cluster']],
    ['argocd', ['cluster']],
  ]);
  expect(findings.filter(({ rule }) => rule === 'images/pinned-tag')).toEqual([]);
});
