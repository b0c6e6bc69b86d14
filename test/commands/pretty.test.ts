import { expect, test } from 'vitest';
import { makeRepository } from '../repository.ts';
import { run } from './run.ts';

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 1
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: main
          image: nginx:1.29.0
`;
}

const component = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: { kind: Deployment }
    patch: |-
      - op: replace
        path: /spec/replicas
        value: many
`;

/** A slip in a component that every overlay has. */
function repository(apps: readonly string[], environments: readonly string[]): string {
  const bases = apps.flatMap((app) => [
    [`base/${app}/kustomization.yaml`, 'resources: [deployment.yaml]\n'],
    [`base/${app}/deployment.yaml`, deployment(app)],
  ]);
  const overlays = environments.flatMap((environment) =>
    apps.map((app) => [
      `overlays/${environment}/${app}/kustomization.yaml`,
      `resources: [../../../base/${app}]\ncomponents: [../../../base/scaled]\n`,
    ]),
  );
  return makeRepository({
    'base/scaled/kustomization.yaml': component,
    ...Object.fromEntries([...bases, ...overlays]),
  });
}

test('how far a slip reaches is told for one app, and for several', async () => {
  const environments = ['prod', 'staging'];
  const one = await run(repository(['api'], environments), 'validate', '--only', 'schema/valid');
  expect(one.out).toContain(
    '    schema/valid · Deployment api · in overlays/prod/api, also in staging\n',
  );
  const apps = ['api', 'jobs', 'search', 'web'];
  const several = await run(repository(apps, environments), 'validate', '--only', 'schema/valid');
  expect(several.out).toContain('in overlays/prod/api and 7 more targets\n');
  expect(several.out).not.toContain('also in');
});

test('the value that an override replaces is told beside it', async () => {
  const { out } = await run(repository(['api'], ['prod']), 'validate', '--only', 'schema/valid');
  expect(out).toContain(`base/scaled/kustomization.yaml

  8:16 error: replicas must be an integer, not the string "many"
    8 | value: many
      |        ^^^^
    See the reference of the kind for the fields it has and their types.
    set here, and overridden: base/api/deployment.yaml:6
    schema/valid · Deployment api · in overlays/prod/api
`);
});
