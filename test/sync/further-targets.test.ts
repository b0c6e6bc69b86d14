import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { provenanceOf } from '../../scripts/pipeline.ts';
import { makeRepository } from '../repository.ts';
import {
  application,
  configMap,
  deployment,
  fluxKustomization,
  kustomization,
} from './engine-repository.ts';

const web = {
  'apps/web/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/web/deployment.yaml': deployment('registry.example.com/web:1.0.0'),
};

async function targetsOf(root: string) {
  const { targets } = await validate({ root });
  return targets.map(({ name, path, clusters, engines }) => [name ?? path, clusters, engines]);
}

test('Applications that a nested app of apps renders are targets of its cluster', async () => {
  const root = makeRepository({
    ...web,
    'clusters/prod/argocd/bootstrap.yaml': application('bootstrap', 'fleet/root'),
    'fleet/root/kustomization.yaml': kustomization(['apps.yaml'], 'namePrefix: eu-\n'),
    'fleet/root/apps.yaml': application('apps', 'fleet/apps'),
    'fleet/apps/kustomization.yaml': kustomization(['web.yaml']),
    'fleet/apps/web.yaml': application('web', 'apps/web'),
  });
  expect(await targetsOf(root)).toEqual([
    ['apps/web', ['prod'], ['argocd']],
    ['clusters/prod/argocd', ['prod'], ['argocd']],
    ['fleet/apps', ['prod'], ['argocd']],
    ['fleet/root', ['prod'], ['argocd']],
  ]);
});

test('apps of apps that sync each other come to an end', async () => {
  const root = makeRepository({
    'clusters/prod/argocd/a.yaml': application('a', 'fleet/a'),
    'fleet/a/kustomization.yaml': kustomization(['b.yaml']),
    'fleet/a/b.yaml': application('b', 'fleet/b'),
    'fleet/b/kustomization.yaml': kustomization(['a.yaml']),
    'fleet/b/a.yaml': application('a', 'fleet/a'),
  });
  expect(await targetsOf(root)).toEqual([
    ['clusters/prod/argocd', ['prod'], ['argocd']],
    ['fleet/a', ['prod'], ['argocd']],
    ['fleet/b', ['prod'], ['argocd']],
  ]);
});

test('an app of apps that renames itself for ever is bounded', async () => {
  const root = makeRepository({
    'clusters/prod/argocd/a.yaml': application('a', 'fleet/a'),
    'fleet/a/kustomization.yaml': kustomization(['a.yaml'], 'namePrefix: x-\n'),
    'fleet/a/a.yaml': application('a', 'fleet/a', '    kustomize:\n      namePrefix: y-\n'),
  });
  const { targets } = await validate({ root });
  expect(targets.length).toBeLessThan(10);
});

test('Applications that an ApplicationSet makes are targets', async () => {
  const root = makeRepository({
    ...web,
    'clusters/prod/argocd/apps.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: apps
  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
    - git:
        repoURL: https://git.example.com/team/config.git
        revision: main
        directories:
          - path: apps/*
  template:
    metadata:
      name: '{{.path.basename}}'
    spec:
      project: default
      source:
        repoURL: https://git.example.com/team/config.git
        targetRevision: main
        path: '{{.path.path}}'
        kustomize:
          images:
            - registry.example.com/web:2.0.0
      destination:
        name: in-cluster
        namespace: web
`,
  });
  expect(await targetsOf(root)).toEqual([
    ['apps/web', ['prod'], ['argocd']],
    ['clusters/prod/argocd', ['prod'], ['argocd']],
  ]);
  const answers = await provenanceOf({ root });
  const { value } = await answers.explain(
    'Deployment/web',
    '/spec/template/spec/containers/0/image',
  );
  expect(value).toBe('registry.example.com/web:2.0.0');
});

/** One root Kustomization that patches variables into the children it applies. */
const template = {
  'kubernetes/flux/cluster/ks.yaml': fluxKustomization(
    'cluster-apps',
    'kubernetes/apps',
    `  patches:
    - target:
        group: kustomize.toolkit.fluxcd.io
        kind: Kustomization
      patch: |
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: any
        spec:
          postBuild:
            substituteFrom:
              - kind: ConfigMap
                name: cluster-settings
`,
  ),
  'kubernetes/apps/default/kustomization.yaml': kustomization(['web/ks.yaml', 'settings.yaml']),
  'kubernetes/apps/default/settings.yaml': configMap('cluster-settings', { COUNT: '"3"' }),
  'kubernetes/apps/default/web/ks.yaml': fluxKustomization(
    'web',
    'kubernetes/apps/default/web/app',
  ),
  'kubernetes/apps/default/web/app/kustomization.yaml': kustomization(['deployment.yaml']),
  'kubernetes/apps/default/web/app/deployment.yaml': deployment(
    'registry.example.com/web:1.0.0',
    '${COUNT}',
  ),
};

test('a repository without a folder of clusters is one cluster', async () => {
  const root = makeRepository(template);
  expect(await targetsOf(root)).toEqual([
    ['kubernetes/apps', ['cluster'], ['flux']],
    ['kubernetes/apps/default/web/app', ['cluster'], ['flux']],
    ['kubernetes/flux/cluster', ['cluster'], []],
  ]);
  const { findings } = await validate({ root });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test("a parent's patches apply to the Kustomizations that it applies", async () => {
  const root = makeRepository(template);
  const answers = await provenanceOf({ root });
  const { value, chain } = await answers.explain('Deployment/web', 'spec.replicas');
  expect(value).toBe(3);
  expect(chain.map(({ file, by }) => [file, by])).toEqual([
    ['kubernetes/apps/default/web/app/deployment.yaml', 'resource'],
    ['kubernetes/apps/default/settings.yaml', 'variable COUNT'],
  ]);
});

test('sync objects of the same name in several places are for clusters nobody names', async () => {
  const root = makeRepository({
    ...web,
    'env/a/web.yaml': fluxKustomization('web', 'apps/web'),
    'env/b/web.yaml': fluxKustomization('web', 'apps/web'),
  });
  expect(await targetsOf(root)).toEqual([['apps/web', [], []]]);
  const { targets } = await validate({ root, clusterFolders: { a: 'env/a', b: 'env/b' } });
  expect(targets.map(({ path, clusters }) => [path, clusters])).toEqual([
    ['apps/web', ['a', 'b']],
    ['env/a', ['a']],
    ['env/b', ['b']],
  ]);
});

test('what a parent has patched into a child is not claimed to stand in its file', async () => {
  const image = `          images:
            - name: registry.example.com/web
              newTag: 2.0.0
`;
  const parent = template['kubernetes/flux/cluster/ks.yaml'];
  const root = makeRepository({ ...template, 'kubernetes/flux/cluster/ks.yaml': parent + image });
  const answers = await provenanceOf({ root });
  const { value, certainty, chain } = await answers.explain(
    'Deployment/web',
    '/spec/template/spec/containers/0/image',
  );
  expect(value).toBe('registry.example.com/web:2.0.0');
  expect(certainty).toBe('resource');
  expect(chain.at(-1)).toMatchObject({ file: 'kubernetes/apps/default/web/ks.yaml', by: 'images' });
});
