import { describe, expect, test } from 'vitest';
import { provenanceOf } from '../../scripts/pipeline.ts';
import { makeRepository } from '../repository.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  labels: { zone: a }
spec:
  template:
    spec:
      containers:
        - name: api
          image: your-registry/api:1.0
          args: [--a, --b]
          env: &env
            - name: LEVEL
              value: info
          resources: { limits: { cpu: 100m } }
        - name: sidecar
          image: busybox:1.36
          env: *env
          envFrom:
            - secretRef: { name: creds }
`;

const root = makeRepository({
  'base/kustomization.yaml': 'resources: [deployment.yaml, run.yaml, same.yaml]\n',
  'base/deployment.yaml': deployment,
  'base/run.yaml':
    'apiVersion: x.io/v1\nkind: Run\nmetadata:\n  name: run\nspec:\n  steps:\n    - name: a\n      cmd: one\n',
  'base/same.yaml': ['one', 'two']
    .map(
      (namespace) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: same\n  namespace: ${namespace}\ndata:\n  k: ${namespace}\n`,
    )
    .join('---\n'),
  'steps/kustomization.yaml': `resources: [../base]
patches:
  - target: { kind: Run }
    patch: |-
      - op: replace
        path: /spec/steps/0
        value: { name: a, cmd: uno }
      - op: add
        path: /spec/steps/0
        value: { name: first, cmd: zero }
`,
  'images/kustomization.yaml': `resources: [../base]
images:
  - name: your-registry/api
    newName: registry.example.com/api
patches:
  - target: { kind: Deployment }
    patch: |-
      - op: add
        path: /spec/template/spec/containers/0
        value: { name: tracer, image: tracer:1 }
`,
  'outer/kustomization.yaml': `resources: [../images]
images:
  - name: registry.example.com/api
    newTag: "2.0"
`,
  'moved/kustomization.yaml': `resources: [../base]
patches:
  - target: { kind: Deployment }
    path: moves.yaml
  - path: deletes.yaml
`,
  'moved/moves.yaml': `- op: copy
  from: /metadata/labels/zone
  path: /metadata/labels/region
- op: move
  from: /metadata/labels/zone
  path: /metadata/labels/area
- op: add
  path: /spec/template/spec/containers/0/args/-
  value: --c
`,
  'moved/deletes.yaml': `apiVersion: x.io/v1
kind: Run
metadata:
  name: run
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  template:
    spec:
      containers:
        - name: sidecar
          $patch: delete
        - name: api
          resources:
            $patch: replace
            requests: { cpu: 50m }
`,
  'named/kustomization.yaml': `resources: [../base]
namePrefix: eu-
patches:
  - target: { kind: Deployment, name: eu-api }
    patch: |-
      - { op: add, path: /spec/replicas, value: 4 }
  - target: { kind: Deployment, name: api }
    patch: |-
      - { op: add, path: /spec/replicas, value: 3 }
`,
  'hidden/kustomization.yaml': `resources: [secret.yaml, config.yaml]
replacements:
  - source: { kind: Secret, name: access, fieldPath: stringData.token }
    targets:
      - select: { kind: ConfigMap, name: config }
        fieldPaths: [data.copy]
  - source: { kind: Secret, name: access, fieldPath: data.patched }
    targets:
      - select: { kind: ConfigMap, name: config }
        fieldPaths: [data.patched]
patches:
  - target: { kind: Secret }
    patch: |-
      - { op: add, path: /data, value: { patched: Y2FuYXJ5LXBhdGNo } }
`,
  'hidden/secret.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: access
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"token":"canary-in-annotation"}}'
stringData:
  token: canary-value
`,
  'hidden/config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\ndata:\n  copy: none\n  patched: none\n  other: shown\n',
  'texts/kustomization.yaml':
    'resources: [script.yaml]\nconfigMapGenerator:\n  - name: page\n    files: [page.html]\n',
  'texts/page.html': '<p>\nhello\n</p>\n',
  'texts/script.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: script\ndata:\n  run: |\n    one\n    two\n  fold: >-\n    a\n    b\n',
  'broken/kustomization.yaml': 'resources: [../base, missing.yaml]\n',
});

const answers = (path: string) => provenanceOf({ root, paths: [path] });
const containers = '/spec/template/spec/containers';

/** The chain as `file:line`, and how sure it is. */
async function told(path: string, object: string, field: string): Promise<string[]> {
  const { chain, certainty, removedBy } = await (await answers(path)).explain(object, field);
  const removed = removedBy ? [`removed ${removedBy.file}:${removedBy.line}`] : [];
  return [...chain.map(({ file, line }) => `${file}:${line}`), ...removed, certainty];
}

test.for([
  [
    'an item that an operation replaces, moved by the next one',
    ['steps', 'Run/run', 'spec.steps[1].name'],
    ['base/run.yaml:7', 'steps/kustomization.yaml:7', 'exact'],
  ],
  [
    'the name of an item whose fields are an alias',
    ['base', 'Deployment/api', `${containers}/1/name`],
    ['base/deployment.yaml:17', 'exact'],
  ],
  [
    'what stands beside an alias',
    ['base', 'Deployment/api', `${containers}/1/envFrom/0/secretRef/name`],
    ['base/deployment.yaml:21', 'exact'],
  ],
  [
    'an image behind a container that a patch puts first',
    ['outer', 'Deployment/api', `${containers}/1/image`],
    [
      'base/deployment.yaml:11',
      'images/kustomization.yaml:4',
      'outer/kustomization.yaml:4',
      'exact',
    ],
  ],
  [
    'a field that is moved',
    ['moved', 'Deployment/api', 'metadata.labels.area'],
    ['moved/moves.yaml:4', 'base/deployment.yaml:5', 'exact'],
  ],
  [
    'a field that is copied',
    ['moved', 'Deployment/api', 'metadata.labels.region'],
    ['moved/moves.yaml:1', 'base/deployment.yaml:5', 'exact'],
  ],
  [
    'a list that several make',
    ['moved', 'Deployment/api', `${containers}/0/args`],
    ['base/deployment.yaml:12', 'moved/moves.yaml:9', 'resource'],
  ],
  [
    'a field that is moved away',
    ['moved', 'Deployment/api', 'metadata.labels.zone'],
    ['base/deployment.yaml:5', 'removed moved/moves.yaml:4', 'exact'],
  ],
  [
    'an item that a directive deletes, in the second document of a patch',
    ['moved', 'Deployment/api', 'spec.template.spec.containers[name=sidecar].image'],
    ['base/deployment.yaml:18', 'removed moved/deletes.yaml:15', 'exact'],
  ],
  [
    'a field of a mapping that a directive replaces',
    ['moved', 'Deployment/api', 'spec.template.spec.containers[name=api].resources.limits.cpu'],
    ['base/deployment.yaml:16', 'removed moved/deletes.yaml:18', 'exact'],
  ],
  [
    'a patch whose target has the name from behind the prefix',
    ['named', 'Deployment/api', 'spec.replicas'],
    ['named/kustomization.yaml:9', 'exact'],
  ],
  [
    'a name that a prefix is put in front of',
    ['named', 'Deployment/api', 'metadata.name'],
    ['base/deployment.yaml:4', 'named/kustomization.yaml:2', 'exact'],
  ],
] as const)('%s', async ([, [path, object, field], lines]) => {
  expect(await told(path, object, field)).toEqual(lines);
});

describe('one name in two namespaces', () => {
  test('is asked for with the namespace', async () => {
    expect(await told('base', 'ConfigMap/two/same', 'data.k')).toEqual([
      'base/same.yaml:15',
      'exact',
    ]);
    const names = (await answers('base')).objects();
    expect(names).toContain('ConfigMap/one/same');
  });

  test('is not guessed', async () => {
    await expect(told('base', 'ConfigMap/same', 'data.k')).rejects.toThrow(
      'ConfigMap/same is in several namespaces: name one of ConfigMap/one/same, ConfigMap/two/same',
    );
  });
});

describe('a secret', () => {
  test('that a replacement carries into another object is not shown', async () => {
    const own = await answers('hidden');
    const copy = await own.explain('ConfigMap/config', 'data.copy');
    expect([copy.value, ...copy.chain.map(({ value }) => value)]).toEqual([
      '***',
      '***',
      '***',
      '***',
    ]);
    expect((await own.explain('ConfigMap/config', 'data.patched')).value).toBe('***');
    expect((await own.explain('ConfigMap/config', 'data.other')).value).toBe('shown');
    const lines = (await own.annotate('ConfigMap/config')).map(({ text }) => text);
    expect(lines).toContain('  copy: ***');
    expect(lines).toContain('  other: shown');
  });

  test('that kubectl has kept is not shown', async () => {
    const own = await answers('hidden');
    const all = [
      await own.annotate('Secret/access'),
      await own.explain('Secret/access', 'metadata'),
      await own.explain('Secret/access', 'metadata.annotations'),
    ];
    expect(JSON.stringify(all)).not.toContain('canary');
  });
});

test('a broken target says nothing of what a line reaches in others', async () => {
  const reached = await (await provenanceOf({ root })).impact('base/run.yaml', 8);
  expect(reached.map(({ target, path }) => `${target} ${path}`)).toEqual([
    'moved /spec/steps/0/cmd',
    'named /spec/steps/0/cmd',
    'outer /spec/steps/0/cmd',
  ]);
});

test('each line of a long text has its own', async () => {
  const own = await answers('texts');
  const places = async (object: string) =>
    (await own.annotate(object)).map(({ text, location }) => `${location?.line} ${text}`);
  expect(await places('ConfigMap/script')).toEqual([
    '1 apiVersion: v1',
    '5 data:',
    '9   fold: a b',
    '6   run: |',
    '7     one',
    '8     two',
    '2 kind: ConfigMap',
    '3 metadata:',
    '4   name: script',
  ]);
  expect((await places('ConfigMap/page')).slice(1, 6)).toEqual([
    '3 data:',
    '1   page.html: |',
    '1     <p>',
    '2     hello',
    '3     </p>',
  ]);
});
