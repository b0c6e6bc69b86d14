import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { makeRepository } from '../repository.ts';

const configMaps = (namespace: string, ...names: string[]) =>
  names
    .map(
      (name) =>
        `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`,
    )
    .join('');

const pod = (name: string) =>
  `---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  containers:\n    - name: web\n      image: registry.example.com/web:1.0.0\n      envFrom:\n        - configMapRef:\n            name: ${name}\n`;

async function fixOf(objects: string) {
  const root = makeRepository({
    'clusters/prod/cluster.yaml': 'name: prod\nenvironment: prod\n',
    'clusters/prod/flux/apps.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\n  namespace: flux-system\nspec:\n  interval: 10m\n  path: ./apps\n  prune: true\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n',
    'apps/objects.yaml': objects,
  });
  const selectRule = ({ id }: { id: string }) => id === 'references/config-map-exists';
  const { findings } = await validate({ root, selectRule });
  return findings.map(({ fix }) => fix);
}

test('a near name in the same namespace is meant rather than the same name in another', async () => {
  const objects =
    configMaps('office', 'settings') + configMaps('shop', 'setings') + pod('settings');
  expect(await fixOf(objects)).toEqual(['Did you mean "setings"?']);
});

test('the same name in another namespace is told where nothing is near', async () => {
  expect(await fixOf(configMaps('office', 'settings') + pod('settings'))).toEqual([
    'There is one in namespace office, and it is looked for in shop.',
  ]);
});
