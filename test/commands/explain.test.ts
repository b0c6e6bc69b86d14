import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepository, root } from '../repository.ts';
import { run } from './run.ts';

const transformers = join(root, 'test/provenance/every-transformer');

/** A copy of the fixture with a cluster that syncs it. */
function repository(): string {
  const folder = makeRepository({
    'clusters/prod/flux/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  path: ./overlay
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  commonMetadata:
    labels:
      team: shop
`,
  });
  cpSync(transformers, folder, { recursive: true });
  return folder;
}

const cwd = repository();

const explain = (...args: string[]) => run(cwd, 'explain', ...args);

test('the chain from the first writer to the one that decides', async () => {
  const field = 'spec.template.spec.containers[name=api].resources.limits.memory';
  const { code, out } = await explain('overlay', 'Deployment/eu-api', field);
  expect(code).toBe(0);
  expect(out).toBe(`\
base/deployment.yaml:32:23       resource      "256Mi"
overlay/memory.patch.yaml:12:23  patch         "1Gi"
/spec/template/spec/containers/0/resources/limits/memory: "1Gi"
`);
});

test('JSON has value, certainty and chain', async () => {
  const { out } = await explain('overlay', 'deployment/api', '/spec/replicas', '--json');
  expect(JSON.parse(out)).toEqual({
    value: 3,
    certainty: 'exact',
    chain: [
      { file: 'base/deployment.yaml', line: 8, column: 13, value: 1, by: 'resource' },
      { file: 'overlay/kustomization.yaml', line: 21, column: 12, value: 3, by: 'replicas' },
    ],
  });
});

test('a label that a Flux Kustomization gives', async () => {
  const { out } = await explain('overlay', 'Service/eu-api', 'metadata.labels.team');
  expect(out).toBe(`\
clusters/prod/flux/apps.yaml:15:13  commonMetadata  "shop"
/metadata/labels/team: "shop"
`);
});

test('names of generated objects need no hash, and keys may have dots', async () => {
  const { out } = await explain('overlay', 'ConfigMap/page', 'data.index.html', '--json');
  expect(JSON.parse(out)).toMatchObject({
    value: '<p>hello</p>\n',
    chain: [{ file: 'base/index.html', line: 1, column: 1, by: 'file' }],
  });
  const merged = await explain('overlay', 'ConfigMap/settings', 'data.MODE');
  expect(merged.out).toContain('"plain"');
  expect(merged.out).toMatch(/\/data\/MODE: "fancy"\n$/);
});

test('values of a Secret stay hidden', async () => {
  const field = await explain('overlay', 'Secret/access', 'data.token');
  const whole = await explain('overlay', 'Secret/access');
  expect(field.out).toMatch(/base\/kustomization\.yaml:\d+:9 +secretGenerator +"\*\*\*"/);
  expect(whole.out).toContain('| data:');
  for (const { out } of [field, whole]) {
    expect(out).not.toContain('abc');
    expect(out).not.toContain(Buffer.from('abc').toString('base64'));
  }
});

test('a whole object, line by line', async () => {
  const { out } = await explain('overlay', 'Service/eu-api');
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/ +\|/, ' |'));
  expect(lines).toEqual([
    'base/service.yaml:1 | apiVersion: v1',
    'base/service.yaml:2 | kind: Service',
    'base/service.yaml:3 | metadata:',
    'base/kustomization.yaml:7 |   annotations:',
    'base/kustomization.yaml:8 |     contact: team@example.com',
    'overlay/kustomization.yaml:10 |   labels:',
    'overlay/kustomization.yaml:11 |     environment: prod',
    'clusters/prod/flux/apps.yaml:15 |     team: shop',
    'base/service.yaml:4 |   name: eu-api',
    'overlay/kustomization.yaml:3 |   namespace: shop',
    'base/service.yaml:5 | spec:',
    'base/service.yaml:7 |   ports:',
    'base/service.yaml:8 |   - name: http',
    'base/service.yaml:9 |     port: 80',
    'base/service.yaml:10 |     targetPort: 8080',
    'overlay/kustomization.yaml:35 |   sessionAffinity: ClientIP',
    'overlay/service.patch.yaml:3 |   type: NodePort',
  ]);
});

test('a removed item says by which patch', async () => {
  const field = 'spec.template.spec.containers[name=old].image';
  const { code, out } = await explain('overlay', 'Deployment/eu-api', field);
  expect(code).toBe(0);
  expect(out).toBe(`\
base/deployment.yaml:36:18  resource      "example/old:1"
spec.template.spec.containers[name=old].image is removed by overlay/kustomization.yaml:39:9
`);
});

test('an object that a patch deletes says by which', async () => {
  const folder = makeRepository({
    'overlay/kustomization.yaml': `resources:
  - ../base
patches:
  - path: service.patch.yaml
  - target: { kind: RoleBinding }
    patch: |-
      $patch: delete
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata:
        name: any
`,
    'overlay/service.patch.yaml': `apiVersion: v1
kind: Service
metadata:
  name: api
$patch: delete
`,
  });
  cpSync(join(transformers, 'base'), join(folder, 'base'), { recursive: true });
  const service = await explain('overlay', 'service/api', '--cwd', folder);
  expect(service).toMatchObject({ code: 0, error: '' });
  expect(service.out).toBe(`\
base/service.yaml:4:9  resource      "api"
Service/api is removed by overlay/service.patch.yaml:5:9
`);
  const inline = await explain(
    'overlay',
    'RoleBinding/readers',
    'roleRef',
    '--cwd',
    folder,
    '--json',
  );
  expect(JSON.parse(inline.out)).toMatchObject({
    certainty: 'exact',
    chain: [{ file: 'base/role-binding.yaml', line: 4, value: 'readers' }],
    removedBy: { file: 'overlay/kustomization.yaml', line: 7 },
  });
  const never = await explain('overlay', 'Service/nothing', '--cwd', folder);
  expect(never.error).toContain('no object Service/nothing in the target');
});

test('a target alone lists its objects', async () => {
  const { code, out } = await explain('./overlay', '--cwd', cwd);
  expect(code).toBe(0);
  expect(out).toContain('Service/eu-api\nDeployment/eu-api\n');
});

test('a generated name may have its prefix and lack its hash', async () => {
  const { out } = await explain('overlay', 'ConfigMap/eu-settings', 'data.MODE');
  expect(out).toContain('overlay/kustomization.yaml:26:9  configMapGenerator  "fancy"');
});

test('a field that nobody writes', async () => {
  const { out } = await explain('overlay', 'Service/eu-api', 'spec.clusterIP');
  expect(out).toBe('/spec/clusterIP is not there\n');
  const slip = await explain('overlay', 'Service/eu-api', 'spec.port');
  expect(slip.out).toBe('/spec/port is not there; did you mean "ports"?\n');
});

test('what a line reaches', async () => {
  const line = await explain('--impact', 'overlay/kustomization.yaml:11', '--json');
  expect(JSON.parse(line.out)).toContainEqual({
    target: 'overlay',
    clusters: ['prod'],
    object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'eu-api' },
    path: '/metadata/labels/environment',
  });
  const command = await explain('--impact', 'base/deployment.yaml:22');
  expect(command.out).toBe(`\
overlay  Deployment/eu-api  /spec/template/spec/containers/0/command/2
1 field, 1 target, 1 cluster
`);
  const wiring = await explain('--impact', 'clusters/prod/flux/apps.yaml:15');
  expect(wiring.out).toContain('overlay  Service/eu-api  /metadata/labels/team\n');
  const nothing = await explain('--impact', 'base/deployment.yaml:36');
  expect(nothing.out).toBe('base/deployment.yaml:36 sets no field of any target\n');
});

test('a rule is still told', async () => {
  const { code, out } = await explain('images/pinned-tag');
  expect(code).toBe(0);
  expect(out).toContain('looks at one manifest at a time');
});

test.for([
  [['overlay', 'Deployment/eu-ap'], 'did you mean Deployment/eu-api?'],
  [['overlay', 'eu-api'], '<kind>/<name>'],
  [['overlay', 'Deployment/eu-api', 'spec.template.spec.containers[name=none].image'], 'no item'],
  [['--impact', 'base/deployment.yaml'], '<file>:<line>'],
  [['--impact', 'base/none.yaml:1'], 'no target reads base/none.yaml'],
  [['overlays', 'Deployment/eu-api'], 'overlays'],
] as const)('a slip is misuse: %j', async ([args, message]) => {
  const { code, error } = await explain(...args);
  expect(code).toBe(2);
  expect(error).toContain(message);
});
