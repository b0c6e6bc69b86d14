import { expect, test } from 'vitest';
import { openExcerpts } from '../../scripts/excerpt/excerpts.ts';
import { type Repository, validate } from '../../scripts/index.ts';
import { pretty } from '../../scripts/report/pretty.ts';
import { plain } from '../report/reports.ts';
import { makeRepository } from '../repository.ts';

const base = {
  'base/kustomization.yaml': 'resources: [deployment.yaml, config-map.json]\n',
  'base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ai-api
  namespace: shop
spec:
  replicas: 1
  selector: { matchLabels: { app: ai-api } }
  template:
    metadata: { labels: { app: ai-api } }
    spec:
      containers:
        - name: api
          image: nginx:1.29.0
`,
  'base/config-map.json':
    '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "shop"}}\n',
};

/** What a person is told of an overlay that does not build. */
async function told(overlay: Readonly<Record<string, string>>): Promise<string> {
  let repository: Repository | undefined;
  const report = await validate({
    root: makeRepository({ ...base, ...overlay }),
    paths: ['dev'],
    selectRule: ({ id }) => id === 'render/builds',
    onRepository: (found) => {
      repository = found;
    },
  });
  if (!repository) throw new Error('nothing was checked');
  return pretty(report, { ...plain, excerptOf: openExcerpts(repository, report.findings) });
}

function patches(text: string): Record<string, string> {
  return { 'dev/kustomization.yaml': `resources: [../base]\n${text}` };
}

test('a patch without the namespace of its object is told at its own name', async () => {
  const text = await told({
    ...patches('patches:\n  - path: delete.yaml\n'),
    'dev/delete.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
$patch: delete
`,
  });
  expect(text).toContain(`dev/delete.yaml

  4:9 error: the patch has no namespace, but ConfigMap settings is in "shop"
    4 | name: settings
      |       ^^^^^^^^
    Write \`namespace: shop\` in the metadata of the patch.
`);
});

test('an inline patch is told at its own line, too', async () => {
  const text = await told(
    patches(`patchesStrategicMerge:
  - |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: ai-api
      namespace: other
    spec:
      replicas: 4
`),
  );
  expect(text).toContain(`dev/kustomization.yaml

  8:18 error: the patch is for "other", but Deployment ai-api is in "shop"
    8 | namespace: other
      |            ^^^^^
    Write \`namespace: shop\` in the metadata of the patch.
`);
});

test('a patch of another version, and one of a misspelt name', async () => {
  const patch = (version: string, name: string) =>
    patches(`patches:
  - patch: |-
      apiVersion: apps/${version}
      kind: Deployment
      metadata: { name: ${name}, namespace: shop }
`);
  expect(await told(patch('v1beta1', 'ai-api'))).toContain(
    '4:19 error: the patch is for Deployment ai-api of apps/v1beta1, but that\n',
  );
  const misspelt = await told(patch('v1', 'ai-ap'));
  expect(misspelt).toContain('6:25 error: the patch is for Deployment ai-ap, which is not among');
  expect(misspelt).toContain('Did you mean "ai-api"?');
});

test('a broken inline patch is told at its entry, without what it holds', async () => {
  const secret = 'Kanarie30Zonnebloem';
  const field = (name: string) =>
    told(
      patches(`${name}:
  - target: { group: apps, version: v1, kind: Deployment, name: ai-api }
    patch: |-
      - value: ${secret}
        path: [/spec/replicas
        op: replace
`),
    );
  for (const text of [await field('patches'), await field('patchesJson6902')]) {
    expect(text).toMatch(/^ {2}7:9 error: the patch is no valid YAML: flow sequence/m);
    expect(text).not.toContain(secret);
    expect(text).not.toContain('trouble configuring');
  }
  const merged = await told(
    patches(`patchesStrategicMerge:\n  - |-\n    a: ${secret}\n    data: {\n    kind: Secret\n`),
  );
  expect(merged).toContain('the patch is no valid YAML');
  expect(merged).not.toContain(secret);
});

test('operations in brackets that are no JSON are told as that', async () => {
  const text = await told(
    patches(`patches:
  - target: { kind: Deployment }
    patch: '[{"op": replace, "path": "/spec/replicas", "value": 3}]'
`),
  );
  expect(text).toContain('4:12 error: the patch begins with "[" and is no valid JSON\n');
  expect(text).not.toContain('trouble configuring');
});

test('a part of an object without its kind is told at its entry', async () => {
  const text = await told(
    patches(`patches:
  - target: { kind: Deployment }
    patch: |-
      spec:
        replicas: 3
`),
  );
  expect(text).toContain('4:12 error: the patch has no apiVersion, kind, metadata.name\n');
});

test('replicas for a name that is not there are told at that name', async () => {
  const text = await told(
    patches('replicas:\n  - name: ai-api\n    count: 2\n  - name: ai-ap\n    count: 3\n'),
  );
  expect(text).toContain(`dev/kustomization.yaml

  5:11 error: replicas are set for "ai-ap", but no workload has that name
    5 | - name: ai-ap
      |         ^^^^^
    Did you mean "ai-api"?
`);
});

test.for([
  [
    'replace',
    '/spec/replica/max',
    '5:15 error: the patch cannot replace /spec/replica/max: there is no',
  ],
  ['remove', '/spec/replica', '5:15 error: the patch cannot remove /spec/replica: there is no'],
  ['add', '/spec/replica/max', '5:15 error: the patch cannot add /spec/replica/max: there is no'],
  [
    'test',
    '/spec/replicas',
    '5:15 error: the patch tests /spec/replicas, and its value is another',
  ],
  ['replac', '/spec/replicas', '6:13 error: no operation is called "replac"'],
] as const)(
  'an operation that cannot be done is told at its line: %s %s',
  async ([op, path, line]) => {
    const text = await told(
      patches(`patches:
  - target: { kind: Deployment }
    patch: |-
      - path: ${path}
        op: ${op}
        value: 3
`),
    );
    expect(text).toContain(line);
  },
);
