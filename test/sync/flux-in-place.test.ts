import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { provenanceOf, renderTexts } from '../../scripts/pipeline.ts';
import { makeRepository } from '../repository.ts';
import { configMap, deployment, fluxKustomization, kustomization } from './engine-repository.ts';

async function textOf(root: string, name: string): Promise<string> {
  const all = await renderTexts({ root });
  const found = all.find(({ target }) => target.name === name);
  expect(found?.failures).toEqual([]);
  return found?.text ?? '';
}

test('an image entry of the same name replaces the one in the kustomization', async () => {
  const root = makeRepository({
    'apps/web/kustomization.yaml': kustomization(
      ['deployment.yaml'],
      'images:\n  - name: web\n    newName: registry.example.com/web\n    newTag: 1.0.0\n',
    ),
    'apps/web/deployment.yaml': deployment('web'),
    'clusters/prod/web.yaml': fluxKustomization(
      'web',
      'apps/web',
      '  targetNamespace: shop\n  images:\n    - name: web\n      newName: mirror.example.com/web\n      newTag: 2.0.0\n',
    ),
  });
  const text = await textOf(root, 'apps/web');
  expect(text).toContain('image: mirror.example.com/web:2.0.0\n');
  expect(text).toContain('namespace: shop\n');
  const answers = await provenanceOf({ root, paths: ['apps/web'] });
  const image = await answers.explain('Deployment/web', '/spec/template/spec/containers/0/image');
  expect(image.certainty).toBe('exact');
  expect(image.chain.at(-1)).toMatchObject({ file: 'clusters/prod/web.yaml', by: 'images' });
  const namespace = await answers.explain('Deployment/web', 'metadata.namespace');
  expect(namespace.chain.at(-1)).toMatchObject({ file: 'clusters/prod/web.yaml', line: 13 });
});

test('components are relative to the path, and may be missing when the object says so', async () => {
  const component = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target:
      kind: Deployment
    patch: |
      - op: replace
        path: /spec/replicas
        value: 7
`;
  const files = (more: string) => ({
    'apps/web/kustomization.yaml': kustomization(['deployment.yaml'], 'namePrefix: a-\n'),
    'apps/web/deployment.yaml': deployment('registry.example.com/web:1.0.0'),
    'components/large/kustomization.yaml': component,
    'clusters/prod/web.yaml': fluxKustomization(
      'web',
      'apps/web',
      `  components:\n    - ../../components/large\n    - ../../components/lost\n${more}`,
    ),
  });
  const whole = makeRepository(files('  ignoreMissingComponents: true\n'));
  const text = await textOf(whole, 'apps/web');
  expect(text).toContain('replicas: 7\n');
  expect(text).toContain('name: a-web\n');
  const { findings } = await validate({ root: makeRepository(files('')) });
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'kustomization/path-exists',
      message: 'components names "../../components/lost", which does not exist',
      location: { file: 'clusters/prod/web.yaml', line: 15, column: 7 },
    }),
  );
});

test('a folder of plain manifests gets the kustomization that Flux makes for it', async () => {
  const root = makeRepository({
    'apps/web/deployment.yaml': deployment('registry.example.com/web:1.0.0'),
    'apps/web/more/kustomization.yaml': kustomization(['config.yaml']),
    'apps/web/more/config.yaml': configMap('in-more', { a: 'b' }),
    'clusters/prod/web.yaml': fluxKustomization('web', 'apps/web', `  namePrefix: eu-\n`),
  });
  const { targets } = await validate({ root });
  expect(targets.map(({ path }) => path)).toEqual(['apps/web', 'clusters/prod']);
  const text = await textOf(root, 'apps/web');
  expect(text).toContain('name: eu-web\n');
  expect(text).toContain('name: eu-in-more\n');
});

test('common metadata reaches every object', async () => {
  const root = makeRepository({
    'apps/web/kustomization.yaml': kustomization(['deployment.yaml']),
    'apps/web/deployment.yaml': deployment('registry.example.com/web:1.0.0'),
    'clusters/prod/web.yaml': fluxKustomization(
      'web',
      'apps/web',
      '  commonMetadata:\n    labels:\n      team: not a label value\n',
    ),
  });
  const { findings } = await validate({ root });
  const found = findings.find(({ rule }) => rule === 'schema/metadata-valid');
  expect(found?.message).toContain('not a label value');
});

test('a build that fails with the changes is told where they are', async () => {
  const root = makeRepository({
    'apps/web/kustomization.yaml': kustomization(['deployment.yaml']),
    'apps/web/deployment.yaml': deployment('registry.example.com/web:1.0.0'),
    'clusters/prod/web.yaml': fluxKustomization(
      'web',
      'apps/web',
      '  patches:\n    - patch: "not: [a patch"\n',
    ),
  });
  const { findings, targets } = await validate({ root });
  expect(targets.find(({ path }) => path === 'apps/web')?.rendered).toBe(false);
  const found = findings.find(({ rule }) => rule === 'render/builds');
  expect(found?.location).toMatchObject({ file: 'clusters/prod/web.yaml', line: 14 });
});
