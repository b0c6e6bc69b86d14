import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { makeRepository } from '../repository.ts';
import { deployment, fluxKustomization, kustomization } from './engine-repository.ts';

const own =
  'images:\n  - name: web\n    newName: registry.example.com/web\n    newTag: 1.0.0\nnamePrefix: a-\n';

function repository(changes: string, deploy = deployment('web')): string {
  return makeRepository({
    'apps/web/kustomization.yaml': kustomization(['deployment.yaml'], own),
    'apps/web/deployment.yaml': deploy,
    'apps/other/kustomization.yaml': kustomization(['deployment.yaml'], own),
    'apps/other/deployment.yaml': deploy,
    'clusters/prod/web.yaml': fluxKustomization('web', 'apps/web', changes),
  });
}

test.for([
  ['no list', '  patches: 1\n  images: {}\n  components: a\n'],
  ['odd entries', '  patches: [1, null, [], {}]\n  images: [1, null, {}, { name: 1 }]\n'],
  ['odd components', '  components: [1, {}, null, "", "..", "../web", "/etc", "../../../.."]\n'],
  ['a URL', '  components: ["https://example.com/a?ref=b"]\n'],
  ['odd names', '  namePrefix: [a]\n  targetNamespace: {}\n'],
  ['names of objects', '  images:\n    - name: __proto__\n      newTag: constructor\n'],
  ['an odd postBuild', '  postBuild: [1]\n'],
  [
    'odd variables',
    '  postBuild:\n    substitute: [1]\n    substituteFrom: [1, {}, { kind: [] }]\n',
  ],
  ['prototypes', '  postBuild:\n    substitute:\n      __proto__: a\n      constructor: b\n'],
  ['odd metadata', '  commonMetadata:\n    labels: [1]\n    annotations: a\n'],
  ['a broken patch', '  patches:\n    - patch: "{{{{"\n    - patch: |\n        - op: x\n'],
] as const)('%s cost findings about one target', async ([, changes]) => {
  const { findings, targets } = await validate({ root: repository(changes) });
  expect(targets.find(({ path }) => path === 'apps/other')?.rendered).toBe(true);
  for (const { location } of findings) expect(location.file).not.toContain('presync-');
});

test('a value that multiplies itself is written once', async () => {
  const value = 'x'.repeat(10_000);
  const uses = '${A}'.repeat(1_000);
  const root = repository(
    `  postBuild:\n    substitute:\n      A: ${value}\n`,
    deployment('web').replace('  name: web\n', `  name: web\n  annotations:\n    a: ${uses}\n`),
  );
  const { targets } = await validate({ root });
  expect(targets.find(({ path }) => path === 'apps/web')?.rendered).toBe(true);
});

test('an entry that the cluster replaces is not told to match nothing', async () => {
  const root = repository(
    '  images:\n    - name: web\n      newName: mirror.example.com/web\n      newTag: 2.0.0\n',
  );
  const { findings } = await validate({ root });
  expect(findings.filter(({ rule }) => rule.startsWith('kustomization/'))).toEqual([]);
});
