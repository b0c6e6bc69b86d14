import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { provenanceOf, renderTexts } from '../../scripts/pipeline.ts';
import { makeRepository } from '../repository.ts';
import { application, deployment, kustomization } from './engine-repository.ts';

const images = 'images:\n  - name: web\n    newName: registry.example.com/web\n    newTag: 1.0.0\n';

function repository(kustomize: string, more: Readonly<Record<string, string>> = {}): string {
  return makeRepository({
    'apps/web/kustomization.yaml': kustomization(['deployment.yaml'], images),
    'apps/web/deployment.yaml': deployment('web'),
    'clusters/prod/argocd/web.yaml': application('web', 'apps/web', kustomize),
    ...more,
  });
}

async function textOf(root: string): Promise<string> {
  const all = await renderTexts({ root, paths: ['apps/web'] });
  expect(all.flatMap(({ failures }) => failures)).toEqual([]);
  return all.map(({ text }) => text).join('---\n');
}

test.for([
  // The whole entry of that name is replaced, its new name with it.
  ['web:2.0.0', 'web:2.0.0'],
  ['web=mirror.example.com:5000/web:2.0.0', 'mirror.example.com:5000/web:2.0.0'],
  ['web=*:2.0.0', 'registry.example.com/web:2.0.0'],
  [
    'web=mirror.example.com/web@sha256:0123456789012345678901234567890123456789012345678901234567890123',
    'mirror.example.com/web@sha256:0123456789012345678901234567890123456789012345678901234567890123',
  ],
  ['other:2.0.0', 'registry.example.com/web:1.0.0'],
])('the image %s gives %s', async ([image, expected]) => {
  const root = repository(`    kustomize:\n      images:\n        - ${image}\n`);
  expect(await textOf(root)).toContain(`image: ${expected}\n`);
});

test('patches, replicas, names, namespace, labels and annotations are applied', async () => {
  const root = repository(`    kustomize:
      namePrefix: eu-
      nameSuffix: -v2
      namespace: shop
      commonLabels:
        team: shop
      labelWithoutSelector: true
      labelIncludeTemplates: true
      commonAnnotations:
        contact: shop
      replicas:
        - name: web
          count: "4"
      patches:
        - target:
            kind: Deployment
          patch: |-
            - op: add
              path: /spec/paused
              value: true
`);
  const text = await textOf(root);
  expect(text).toMatchInlineSnapshot(`
    "apiVersion: apps/v1
    kind: Deployment
    metadata:
      annotations:
        contact: shop
      labels:
        team: shop
      name: eu-web-v2
      namespace: shop
    spec:
      paused: true
      replicas: 4
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          annotations:
            contact: shop
          labels:
            app: web
            team: shop
        spec:
          containers:
          - image: registry.example.com/web:1.0.0
            name: web
    "
  `);
  const answers = await provenanceOf({ root, paths: ['apps/web'] });
  const lines = async (field: string) =>
    (await answers.explain('Deployment/eu-web-v2', field)).chain.at(-1);
  const file = 'clusters/prod/argocd/web.yaml';
  expect(await lines('spec.paused')).toMatchObject({ file, line: 34, by: 'patch' });
  expect(await lines('spec.replicas')).toMatchObject({ file, line: 27, by: 'replicas' });
  expect(await lines('metadata.labels.team')).toMatchObject({ file, line: 20, by: 'labels' });
});

test('labels reach selectors unless the Application says otherwise', async () => {
  const root = repository('    kustomize:\n      commonLabels:\n        team: shop\n');
  expect(await textOf(root)).toContain('    matchLabels:\n      app: web\n      team: shop\n');
});

test('both engines may sync a path in different ways', async () => {
  const root = repository('    kustomize:\n      images:\n        - web:2.0.0\n', {
    'clusters/prod/argocd/plain.yaml': application('plain', 'apps/web'),
    'clusters/dev/argocd/plain.yaml': application('plain', 'apps/web'),
  });
  const { targets, findings } = await validate({ root });
  expect(targets.flatMap(({ name, clusters }) => (name ? [[name, clusters]] : []))).toEqual([
    ['apps/web@dev+prod', ['dev', 'prod']],
    ['apps/web@prod', ['prod']],
  ]);
  // Both Applications of prod own the same Deployment, whatever they make of it.
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ rule }) => rule)).toEqual(['sync/one-owner']);
});

test('kustomize options for a folder without a kustomization are told', async () => {
  const root = makeRepository({
    'apps/web/deployment.yaml': deployment('registry.example.com/web:1.0.0'),
    'clusters/prod/argocd/web.yaml': application(
      'web',
      'apps/web',
      '    kustomize:\n      images:\n        - web:2.0.0\n',
    ),
  });
  const { findings } = await validate({ root });
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'render/builds',
      message: 'Argo CD runs kustomize in apps/web, which has no kustomization.yaml',
      location: { file: 'clusters/prod/argocd/web.yaml', line: 17, column: 11 },
    }),
  );
});
