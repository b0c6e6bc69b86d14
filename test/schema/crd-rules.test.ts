import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import type { Manifest, Rendered, Target } from '../../scripts/model.ts';
import { loadCrdRules } from '../../scripts/schema/crd-rules.ts';
import type { SchemaProblem } from '../../scripts/schema/problems.ts';

const clusters = ['dev', 'prod'].map((name) => ({
  name,
  environment: name,
  file: `clusters/${name}/cluster.yaml`,
  variables: {},
  charts: {},
  external: { namespaces: [], services: [], secrets: [], stores: [] },
}));

function definition(openAPIV3Schema: unknown): object {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Widget', plural: 'widgets' },
      versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema } }],
    },
  };
}

function widget(spec: unknown): object {
  return { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one' }, spec };
}

function rendered(cluster: string, objects: readonly object[]): Rendered {
  const target: Target = {
    name: cluster,
    path: cluster,
    kind: 'manifests',
    clusters: [cluster],
    engines: [],
    syncedBy: [],
  };
  return { target, manifests: manifestsOf(objects, { target }), files: [], failures: [] };
}

async function problemsOf(...all: readonly Rendered[]): Promise<readonly SchemaProblem[]> {
  const check = await loadCrdRules({ rendered: all, clusters, otherCrds: [], check: () => [] });
  return all.flatMap(({ manifests }) => manifests).flatMap((one: Manifest) => check(one));
}

function specWith(spec: object): object {
  return { type: 'object', properties: { spec: { type: 'object', ...spec } } };
}

function limit(size: number): object {
  const rule = `self.size <= ${size}`;
  return definition(
    specWith({
      properties: { size: { type: 'integer' } },
      'x-kubernetes-validations': [{ rule, message: `${size} at most` }],
    }),
  );
}

test('the definition that a cluster gets judges the objects that it gets', async () => {
  const problems = await problemsOf(
    rendered('dev', [limit(10), widget({ size: 7 })]),
    rendered('prod', [limit(5), widget({ size: 7 })]),
  );
  expect(problems).toEqual([{ path: ['spec'], message: '5 at most' }]);
});

test('where nobody knows which definition is there, all of them have to refuse', async () => {
  const both = [limit(5), limit(10)];
  const small = await problemsOf(rendered('dev', [...both, widget({ size: 7 })]));
  expect(small).toEqual([]);
});

test('fields whose names are no names of CEL are called by escaped ones', async () => {
  const properties = { 'a-b': { type: 'integer' }, namespace: { type: 'string' } };
  const rule = "self.a__dash__b == 1 && self.__namespace__ == 'shop'";
  const crd = definition(specWith({ properties, 'x-kubernetes-validations': [{ rule }] }));
  const good = widget({ 'a-b': 1, namespace: 'shop' });
  const bad = widget({ 'a-b': 2, namespace: 'shop' });
  expect(await problemsOf(rendered('dev', [crd, good]))).toEqual([]);
  expect(await problemsOf(rendered('dev', [crd, bad]))).toEqual([
    { path: ['spec'], message: `failed rule: ${rule}` },
  ]);
});

test('a rule that costs too much is told once and ends', async () => {
  const properties = { all: { type: 'array', items: { type: 'integer' } } };
  const rule = 'self.all.all(a, self.all.all(b, self.all.all(c, a + b + c >= 0)))';
  const crd = definition(specWith({ properties, 'x-kubernetes-validations': [{ rule }] }));
  const all = Array.from({ length: 500 }, (_, index) => index);
  const problems = await problemsOf(rendered('dev', [crd, widget({ all })]));
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toMatch(/^'operation cancelled: actual cost limit exceeded'/);
});

test('a definition that anchors make without end costs nothing', async () => {
  const rules = { 'x-kubernetes-validations': [{ rule: 'has(self.a)' }] };
  let node: object = { type: 'object' };
  for (let depth = 0; depth < 40; depth += 1) {
    node = { type: 'object', properties: { a: node, b: node }, ...rules };
  }
  const crd = definition({ type: 'object', properties: { spec: node } });
  expect(await problemsOf(rendered('dev', [crd, widget({})]))).toEqual([]);
});

const names = ['spec', 'type', 'properties', 'items', 'additionalProperties', 'default', 'format',
  'nullable', 'x-kubernetes-validations', 'rule', 'messageExpression', 'fieldPath', 'metadata',
  'x-kubernetes-int-or-string', 'x-kubernetes-embedded-resource', 'optionalOldSelf', '__proto__',
]; // biome-ignore format: a list of words

const words = ['object', 'array', 'string', 'integer', 'number', 'date', 'duration', 'byte',
  'self', 'self.spec', 'self == oldSelf', 'self.spec > 1', '1 / 0 == 1', '"', '.spec', '',
]; // biome-ignore format: a list of words

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom<unknown>(null, 0, 1.5, true, ...words),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
  ),
}));

test('no definition and no object, however wrong, makes it throw', async () => {
  await fc.assert(
    fc.asyncProperty(value, value, async (schema, spec) => {
      const rules = { 'x-kubernetes-validations': [{ rule: 'self.spec == self.spec' }] };
      const crd = definition({ ...specWith({}), ...(schema as object), ...rules });
      const problems = await problemsOf(rendered('dev', [crd, widget(spec)]));
      for (const { message } of problems) expect(message).toMatch(/^\S.*[^.]$/);
    }),
    { numRuns: 500 },
  );
});
