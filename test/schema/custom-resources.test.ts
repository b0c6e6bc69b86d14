import { expect, test } from 'vitest';
import { loadValidators } from '../../scripts/schema/validators.ts';
import { withValue } from './objects.ts';

const scaledObject = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'web' },
  spec: {
    scaleTargetRef: { name: 'web' },
    minReplicaCount: 1,
    triggers: [{ type: 'prometheus', metadata: { threshold: '5' } }],
  },
};

test('bundled schemas judge custom resources', async () => {
  const { problemsOf } = await loadValidators({ kinds: [scaledObject] });
  expect(problemsOf(scaledObject)).toEqual([]);
  const trigger = ['spec', 'triggers', 0];
  expect(problemsOf(withValue(scaledObject, [...trigger, 'metadata', 'threshold'], 5))).toEqual([
    {
      path: [...trigger, 'metadata', 'threshold'],
      message: 'threshold must be a string, not the number 5',
    },
  ]);
  expect(problemsOf(withValue(scaledObject, [...trigger, 'type'], undefined))).toEqual([
    { path: trigger, message: 'required field "type" is missing' },
  ]);
});

test('a field that a bundled schema lacks may be newer than it', async () => {
  const { problemsOf } = await loadValidators({ kinds: [scaledObject] });
  const lag =
    'The bundled schema is that of KEDA as of August 2025; a CRD in the repository wins over it.';
  expect(problemsOf(withValue(scaledObject, ['spec', 'brandNew'], 1))).toEqual([
    {
      path: ['spec', 'brandNew'],
      message: 'unknown field "brandNew"',
      fix: lag,
      severity: 'warning',
    },
  ]);
  expect(problemsOf(withValue(scaledObject, ['spec', 'pollingIntervall'], 1))).toEqual([
    {
      path: ['spec', 'pollingIntervall'],
      message: 'unknown field "pollingIntervall"',
      fix: `Did you mean "pollingInterval"? ${lag}`,
    },
  ]);
});

const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'models.suoke.life' },
  spec: {
    group: 'suoke.life',
    names: { kind: 'Model', plural: 'models' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['size'],
                properties: {
                  size: { type: 'integer', minimum: 1, maximum: 9 },
                  port: {
                    'x-kubernetes-int-or-string': true,
                    anyOf: [{ type: 'integer' }, { type: 'string' }],
                  },
                  mode: { type: 'string', enum: ['fast', 'exact'] },
                  tag: { type: 'string', pattern: '^(?i)v[0-9]+$', maxLength: 8 },
                  key: { type: 'string', pattern: '^[a-z]+$' },
                  note: { type: 'string', nullable: true, default: 'none' },
                  free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                  labels: { type: 'object', additionalProperties: { type: 'string' } },
                  closed: { type: 'object' },
                  layers: {
                    type: 'array',
                    items: { type: 'object', properties: { name: { type: 'string' } } },
                  },
                  source: {
                    type: 'object',
                    properties: { git: { type: 'string' }, oci: { type: 'string' } },
                    oneOf: [{ required: ['git'] }, { required: ['oci'] }],
                  },
                  part: {
                    type: 'object',
                    'x-kubernetes-embedded-resource': true,
                    properties: { spec: { type: 'object' } },
                  },
                },
              },
            },
          },
        },
      },
      { name: 'v1alpha1', served: false, storage: false },
    ],
  },
};

const model = {
  apiVersion: 'suoke.life/v1',
  kind: 'Model',
  metadata: { name: 'a', labels: { b: 'c' } },
  spec: {
    size: 3,
    port: 'http',
    mode: 'fast',
    tag: 'V12',
    key: 'a',
    note: null,
    free: { any: { thing: [1] } },
    labels: { a: 'b' },
    layers: [{ name: 'a' }],
    source: { git: 'a' },
    part: { apiVersion: 'v1', kind: 'Any', metadata: { name: 'b' }, spec: {} },
  },
};

const { problemsOf } = await loadValidators({ kinds: [model], crds: [crd] });

test('a CRD of the repository judges its resources', () => {
  expect(problemsOf(model)).toEqual([]);
  expect(problemsOf({ ...model, apiVersion: 'suoke.life/v1alpha1' })).toBeUndefined();
});

test.for<[(string | number)[], unknown, string]>([
  [['spec', 'sizes'], 1, 'unknown field "sizes"'],
  [['spec', 'size'], 12, 'size must be <= 9, not 12'],
  [['spec', 'size'], null, 'required field "size" is null'],
  [['spec', 'port'], true, 'port must be an integer or a string, not the boolean true'],
  [['spec', 'mode'], 'fasr', 'mode must be one of fast, exact; not "fasr"'],
  [['spec', 'tag'], 'x1', 'tag must match ^(?i)v[0-9]+$, not "x1"'],
  [['spec', 'key'], 'v1', 'key must match ^[a-z]+$, not "v1"'],
  [['spec', 'closed', 'a'], 1, 'unknown field "a"'],
  [['spec', 'layers', 0], null, 'layers[0] must be an object, not null'],
  [['spec', 'layers', 0, 'title'], 'a', 'unknown field "title"'],
  [['spec', 'labels', 'a'], 1, 'a must be a string, not the number 1'],
  [['metadata', 'lables'], {}, 'unknown field "lables"'],
])('%j set to %j', ([path, value, message]) => {
  const object = withValue({ ...model, spec: { ...model.spec, closed: {} } }, path, value);
  expect(problemsOf(object)).toMatchObject([{ path, message }]);
});

test('where no alternative holds, one problem says so', () => {
  expect(problemsOf(withValue(model, ['spec', 'source', 'git'], undefined))).toEqual([
    { path: ['spec', 'source'], message: 'source must have exactly one of git, oci' },
  ]);
});

test('an embedded object must say what it is', () => {
  expect(problemsOf(withValue(model, ['spec', 'part', 'kind'], undefined))).toEqual([
    { path: ['spec', 'part'], message: 'required field "kind" is missing' },
  ]);
});

test('a CRD of the repository wins over the bundled schema', async () => {
  const own = structuredClone(crd);
  own.spec.group = 'keda.sh';
  own.spec.names.kind = 'ScaledObject';
  own.spec.versions[0] = { ...crd.spec.versions[0], name: 'v1alpha1' } as never;
  const validators = await loadValidators({ kinds: [scaledObject], crds: [own] });
  expect(validators.problemsOf(scaledObject)?.map(({ message }) => message)).toContain(
    'required field "size" is missing',
  );
});

test('a CRD with a broken schema judges nothing and stops nothing', async () => {
  for (const openAPIV3Schema of [{ type: 'nonsense' }, { pattern: '(', type: 'string' }, null, 5]) {
    const broken = structuredClone(crd);
    broken.spec.versions[0] = { name: 'v1', served: true, schema: { openAPIV3Schema } } as never;
    const validators = await loadValidators({
      kinds: [model],
      crds: [broken, {}, { spec: 1 } as never],
    });
    expect(validators.problemsOf(model)).toEqual([]);
  }
});
