import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { provenanceOf, renderTexts } from '../../scripts/pipeline.ts';
import { makeRepository } from '../repository.ts';
import { configMap, deployment, fluxKustomization, kustomization } from './engine-repository.ts';

const patches = (replicas: string) => `  patches:
    - target:
        kind: Deployment
      patch: |
        - op: replace
          path: /spec/replicas
          value: ${replicas}
`;

const vars = `  postBuild:
    substituteFrom:
      - kind: ConfigMap
        name: cluster-vars
`;

function twoClusters(change: Readonly<Record<string, string>> = {}): string {
  return makeRepository({
    'apps/web/kustomization.yaml': kustomization(['deployment.yaml']),
    'apps/web/deployment.yaml': deployment('registry.example.com/web:${TAG:=1.0.0}'),
    'clusters/dev/web.yaml': fluxKustomization('web', 'apps/web', patches('1')),
    'clusters/prod/web.yaml': fluxKustomization('web', 'apps/web', patches('5') + vars),
    'clusters/prod/vars.yaml': configMap('cluster-vars', { TAG: '2.1.0' }),
    ...change,
  });
}

async function textOf(root: string, name: string): Promise<string> {
  const all = await renderTexts({ root });
  const found = all.find(({ target }) => target.name === name);
  if (!found) throw new Error(`no ${name} in ${all.map(({ target }) => target.name).join(', ')}`);
  expect(found.failures).toEqual([]);
  return found.text ?? '';
}

test('a path that two clusters change in two ways is two targets', async () => {
  const root = twoClusters();
  const { targets, findings } = await validate({ root });
  const webs = targets.filter(({ path }) => path === 'apps/web');
  expect(webs.map(({ name, clusters }) => [name, clusters])).toEqual([
    ['apps/web@dev', ['dev']],
    ['apps/web@prod', ['prod']],
  ]);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const dev = await textOf(root, 'apps/web@dev');
  expect(dev).toContain('replicas: 1\n');
  // Without postBuild Flux leaves variables alone.
  expect(dev).toContain('${TAG:=1.0.0}');
  const prod = await textOf(root, 'apps/web@prod');
  expect(prod).toContain('replicas: 5\n');
  expect(prod).toContain('image: registry.example.com/web:2.1.0\n');
});

test('a patch of a cluster is blamed on its line there', async () => {
  const root = twoClusters({
    'clusters/prod/web.yaml': fluxKustomization('web', 'apps/web', patches('-5') + vars),
  });
  const { findings } = await validate({ root });
  const [found, another] = findings.filter(({ severity }) => severity === 'error');
  expect(another).toBeUndefined();
  expect(found).toMatchObject({
    location: { file: 'clusters/prod/web.yaml', line: 19, column: 18 },
    certainty: 'exact',
    targets: ['apps/web@prod'],
    clusters: ['prod'],
  });
});

test('explain tells the patch and the line of the variable', async () => {
  const root = twoClusters();
  const answers = await provenanceOf({ root, paths: ['apps/web@prod'] });
  const replicas = await answers.explain('Deployment/web', 'spec.replicas');
  expect(replicas.certainty).toBe('exact');
  expect(replicas.chain.map(({ file, line, value, by }) => [file, line, value, by])).toEqual([
    ['apps/web/deployment.yaml', 6, 2, 'resource'],
    ['clusters/prod/web.yaml', 19, 5, 'patch'],
  ]);
  const image = await answers.explain(
    'Deployment/web',
    'spec.template.spec.containers[name=web].image',
  );
  expect(image.value).toBe('registry.example.com/web:2.1.0');
  expect(image.certainty).toBe('exact');
  expect(image.chain.map(({ file, line, value, by }) => [file, line, value, by])).toEqual([
    ['apps/web/deployment.yaml', 17, 'registry.example.com/web:${TAG:=1.0.0}', 'resource'],
    ['clusters/prod/vars.yaml', 7, '2.1.0', 'variable TAG'],
  ]);
});

test('a wrong value of a variable names the line that sets it', async () => {
  const root = twoClusters({
    'apps/web/deployment.yaml': deployment('registry.example.com/web:1.0.0', '${COUNT}'),
    'clusters/dev/web.yaml': fluxKustomization(
      'web',
      'apps/web',
      '  postBuild:\n    substitute:\n      COUNT: "3"\n',
    ),
    'clusters/prod/web.yaml': fluxKustomization(
      'web',
      'apps/web',
      '  postBuild:\n    substitute:\n      COUNT: many\n',
    ),
  });
  const { findings } = await validate({ root });
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors).toMatchObject([
    {
      rule: 'schema/valid',
      location: { file: 'apps/web/deployment.yaml', line: 6 },
      certainty: 'exact',
      targets: ['apps/web@prod'],
      related: [
        {
          message: 'variable "COUNT" is set here',
          location: { file: 'clusters/prod/web.yaml', line: 15 },
        },
      ],
    },
  ]);
});
