import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { discover } from '../../scripts/discover/discover.ts';
import { validate } from '../../scripts/index.ts';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';
import { build, buildBatch, findKustomize } from '../../scripts/kustomize.ts';
import { prepareOnce } from '../../scripts/render/preparation.ts';
import { render } from '../../scripts/render/render.ts';
import { makeRepository, root } from '../repository.ts';

const kustomize = await findKustomize();

const ignore = ['test', 'schemas'];
const discovery = discover({
  root,
  only: [],
  clusters: [],
  ignore,
  given: [],
  allowed: new Set(),
});
const targets = discovery.targets.filter(({ target }) => target.kind === 'kustomization');

test('this repository renders in batches to what single builds give', async () => {
  const { rendered } = await render(targets, { root, sources: discovery.sources });
  expect(rendered.length).toBeGreaterThan(2);
  for (const { target, manifests, failures } of rendered) {
    expect(failures).toEqual([]);
    const single = await build(kustomize, join(root, target.path));
    const { documents } = readYaml(single, target.path);
    expect(manifests.map(({ data }) => data)).toEqual(documents);
    expect(manifests.map(({ data }) => stringify(data))).toEqual(
      documents.map((document) => stringify(document)),
    );
  }
});

test('marks are taken off, and annotations that were there stay', async () => {
  const folder = makeRepository({
    'a/kustomization.yaml': 'resources: [one.yaml]\n',
    'a/one.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: one\n',
    'b/kustomization.yaml': 'resources: [two.yaml]\ncommonAnnotations: { team: web }\n',
    'b/two.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: two\n',
  });
  const items = await buildBatch(kustomize, folder, [`${folder}/a`, `${folder}/b`], {
    origins: true,
  });
  expect(items).toEqual([
    [
      {
        data: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'one' } },
        origin: { file: 'a/one.yaml' },
      },
    ],
    [
      {
        data: {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'two', annotations: { team: 'web' } },
        },
        origin: { file: 'b/two.yaml' },
      },
    ],
  ]);
});

/** A ConfigMap of the same name, with and without a hash, used by a neighbour in its namespace. */
const neighbours = {
  'a/kustomization.yaml': 'resources: [pod.yaml]\n',
  'a/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: user\nspec:\n  containers:\n    - name: c\n      image: c:1\n      envFrom:\n        - configMapRef:\n            name: settings\n',
  'b/kustomization.yaml': 'configMapGenerator:\n  - name: settings\n    literals: [a=b]\n',
};

test('a neighbour in the batch does not change what a reference means', async () => {
  const { targets } = await validate({ root: makeRepository(neighbours) });
  expect(targets.map(({ path }) => path)).toEqual(['a', 'b']);
  const folder = makeRepository(neighbours);
  const found = discover({
    root: folder,
    only: [],
    clusters: [],
    ignore: [],
    given: [],
    allowed: new Set(),
  });
  const { rendered } = await render(found.targets, {
    root: folder,
    sources: found.sources,
    concurrency: 1,
  });
  const pod = rendered[0]?.manifests[0]?.data;
  expect(JSON.stringify(pod)).toContain('"configMapRef":{"name":"settings"}');
});

describe('files that are written while kustomize starts', () => {
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: one\n';
  const write = (folder: string) => {
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a/kustomization.yaml'), 'resources: [one.yaml]\n');
    writeFileSync(join(folder, 'a/one.yaml'), account);
  };

  test.for([
    ['in no time', 0],
    ['long after it has looked for them', 1_500],
  ] as const)('%s', async ([, pause]) => {
    const folder = makeRepository({});
    let started = 0;
    const preparation = prepareOnce(() => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
      write(folder);
    });
    const items = await buildBatch(kustomize, folder, [`${folder}/a`], {
      preparation,
      onStarted: () => started++,
    });
    expect(items).toEqual([[{ data: readYaml(account, '').documents[0] }]]);
    expect(preparation.isDone).toBe(true);
    expect(started).toBeGreaterThanOrEqual(pause > 0 ? 2 : 1);
  });

  test('that cannot be written: the reason is told, and nothing is built', async () => {
    const folder = makeRepository({});
    const preparation = prepareOnce(() => {
      throw new Error('no space left');
    });
    await expect(buildBatch(kustomize, folder, [`${folder}/a`], { preparation })).rejects.toThrow(
      'no space left',
    );
  });
});
