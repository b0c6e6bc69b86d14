import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { copyRepository, edit } from '../repository.ts';

const deployment = 'base/grading-system/deployment-api.yaml';
const shared = 'base/grading-system/deployment.patch.yaml';
const dev = 'overlays/dev/grading-system/kustomization.yaml';
const prod = 'overlays/prod/grading-system/kustomization.yaml';
const timeout = 60_000;

/** The finding of a schema, with what its line says. */
async function onlyFinding(root: string) {
  const { findings } = await validate({ root, selectRule: ({ id }) => id.startsWith('schema/') });
  expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toHaveLength(1);
  const [found] = findings;
  if (!found) throw new Error('nothing found');
  const { file, line } = found.location;
  const text = readFileSync(join(root, file), 'utf8').split('\n')[line - 1]?.trim();
  return { ...found, file, text };
}

test('a number of replicas below zero in a patch of prod', { timeout }, async () => {
  const root = copyRepository();
  writeFileSync(
    join(root, 'overlays/prod/grading-system/deployment.patch.yaml'),
    '- op: add\n  path: /spec/replicas\n  value: -1\n',
  );
  const entry =
    'patches:\n  - path: deployment.patch.yaml\n    target:\n      kind: Deployment\n      name: orchestration-worker\n';
  edit(root, prod, (text) => text.replace('patches:\n', entry));
  const found = await onlyFinding(root);
  expect(found).toMatchObject({
    file: 'overlays/prod/grading-system/deployment.patch.yaml',
    text: 'value: -1',
    certainty: 'exact',
    targets: ['overlays/prod/grading-system'],
    clusters: ['prod'],
  });
});

test('a bad CPU quantity in a base that only dev overrides', { timeout }, async () => {
  const root = copyRepository();
  edit(root, shared, (text) => text.replace(/cpu: \S+/, 'cpu: 5OOm'));
  expect(readFileSync(join(root, dev), 'utf8')).toContain('deployment.patch.yaml');
  const found = await onlyFinding(root);
  expect(found).toMatchObject({
    file: shared,
    text: 'cpu: 5OOm',
    certainty: 'exact',
    targets: ['overlays/prod/grading-system', 'overlays/staging/grading-system'],
    related: [],
  });
});

test('a wrong key in the inline patch of a component', { timeout }, async () => {
  const root = copyRepository();
  const component = 'base/pdf-processor/components/load-small/kustomization.yaml';
  edit(root, component, (text) => text.replace('requests:', 'request:'));
  const found = await onlyFinding(root);
  expect(found).toMatchObject({
    file: component,
    text: 'request:',
    certainty: 'exact',
    targets: ['overlays/dev/pdf-processor'],
  });
});

test('a line that overrides others names them', { timeout }, async () => {
  const root = copyRepository();
  const patch = 'overlays/dev/grading-system/deployment.patch.yaml';
  edit(root, patch, (text) => text.replace('cpu: 250m', 'cpu: 25Om'));
  const { findings } = await validate({ root, selectRule: ({ id }) => id.startsWith('schema/') });
  const lines = findings.flatMap(({ location: { file }, related }) => [
    file,
    ...related.map(({ message, location }) => `${message} ${location.file}`),
  ]);
  expect(findings).toHaveLength(1);
  expect(lines).toEqual(expect.arrayContaining([patch, `set here, and overridden ${shared}`]));
});

test('a broken canary build leaves the file that declares the object', { timeout }, async () => {
  const root = copyRepository();
  edit(root, deployment, (text) => text.replace('\nspec:\n', '\nspec:\n  replica: 3\n'));
  // Comparing a value that another patch has copied is beyond what marks can follow.
  const patch = `patches:
  - target: { kind: Deployment, name: api-service }
    patch: |-
      - { op: copy, from: /spec/template/spec/containers/0/image, path: /metadata/annotations/copied }
      - { op: test, path: /metadata/annotations/copied, value: ai-grading-api }
`;
  edit(root, 'base/grading-system/kustomization.yaml', (text) => text.replace('patches:\n', patch));
  const found = await onlyFinding(root);
  expect(found).toMatchObject({ file: deployment, text: 'replica: 3', certainty: 'resource' });
});
