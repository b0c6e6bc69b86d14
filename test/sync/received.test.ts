import { expect, test } from 'vitest';
import { run } from '../commands/run.ts';
import { makeRepository } from '../repository.ts';
import { configMap, fluxKustomization, kustomization } from './engine-repository.ts';

/** A Kustomization that another one renders, with a variable that a third one brings. */
function repository(more: string): string {
  return makeRepository({
    'clusters/prod/vars.yaml': fluxKustomization('vars', 'vars'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
    'vars/kustomization.yaml': kustomization(['config.yaml']),
    'vars/config.yaml': configMap('vars', { REGION: 'eu' }),
    'apps/kustomization.yaml': `${kustomization(['web.yaml'])}namePrefix: team-\n`,
    'apps/web.yaml': fluxKustomization('web', 'web', more),
    'web/kustomization.yaml': kustomization(['config.yaml']),
    'web/config.yaml': configMap('web', { region: '${REGION}', money: 'a $$ and $x' }),
  });
}

const from = '  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: vars\n';

async function rendered(root: string): Promise<string> {
  const { out, error } = await run(root, 'render', '--cluster', 'prod');
  expect(error).toBe('');
  return out.split(/^---\n/m).find((text) => /^ {2}name: web$/m.test(text)) ?? '';
}

test('render puts in variables of a ConfigMap that another target renders', async () => {
  expect(await rendered(repository(from))).toContain('  region: eu\n');
});

test('render leaves the text alone where there is no variable at all', async () => {
  const text = await rendered(repository('  postBuild:\n    substitute: {}\n'));
  expect(text).toContain('  money: a $$ and $x\n');
  expect(text).toContain('  region: ${REGION}\n');
});

test('render writes common labels and annotations over those that are there', async () => {
  const metadata =
    '  commonMetadata:\n    labels:\n      team: shop\n      tier: "1"\n    annotations:\n      owner: a@example.com\n';
  const text = await rendered(repository(metadata));
  expect(text).toContain('  labels:\n    team: shop\n    tier: "1"\n');
  expect(text).toContain('  annotations:\n    owner: a@example.com\n');
});

test('render of a repository without anything of that is what kustomize wrote', async () => {
  const root = repository('');
  expect(await rendered(root)).toContain('  money: a $$ and $x\n');
});
