import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { exitCodes, type Terminal } from '../../scripts/commands/command.ts';
import { schemas } from '../../scripts/commands/schemas.ts';
import { loadValidators } from '../../scripts/schema/validators.ts';
import { makeRepository } from '../repository.ts';

const printed: string[] = [];
const terminal: Terminal = {
  cwd: '/',
  colour: false,
  columns: 80,
  print: (text) => void printed.push(text),
  warn: (text) => void printed.push(text),
  progress() {},
  readInput: async () => '',
};

const widgetSchema = {
  type: 'object',
  required: ['spec'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object' },
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1 },
        port: { 'x-kubernetes-int-or-string': true },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
  },
};
const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    names: { kind: 'Widget', plural: 'widgets' },
    scope: 'Namespaced',
    versions: [
      { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: widgetSchema } },
    ],
  },
};
const gvk = (group: string, version: string, kind: string) => ({
  'x-kubernetes-group-version-kind': [{ group, version, kind }],
});
const ref = (name: string) => ({
  allOf: [{ $ref: `#/components/schemas/${name}` }],
  default: {},
});
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const openApi = {
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: 'v1.34.2' },
  components: {
    schemas: {
      [meta]: { type: 'object', properties: { name: { type: 'string' } } },
      [quantity]: { oneOf: [{ type: 'string' }, { type: 'number' }] },
      'io.k8s.api.apps.v1.DeploymentSpec': {
        type: 'object',
        required: ['selector'],
        properties: {
          selector: { type: 'object' },
          replicas: { type: 'integer', format: 'int32' },
          limits: { type: 'object', additionalProperties: ref(quantity) },
          mode: { type: 'string', enum: ['Fast', 'Exact'] },
        },
      },
      'io.k8s.api.apps.v1.Deployment': {
        type: 'object',
        ...gvk('apps', 'v1', 'Deployment'),
        required: ['spec'],
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: ref(meta),
          spec: ref('io.k8s.api.apps.v1.DeploymentSpec'),
        },
      },
      'com.example.v1.Widget': { ...widgetSchema, ...gvk('example.com', 'v1', 'Widget') },
    },
  },
};

const source = makeRepository({
  'crds/widget.yaml': stringify(crd),
  'openapi/apis/apps/v1': JSON.stringify(openApi),
  'openapi/notes.txt': 'no JSON',
  'json/example.com/widget_v1.json': '{"type":"object","required":["zz"]}',
  'json/v1.33.0-standalone-strict/pod-v1.json': '{"type":"object","required":["zz"]}',
  'other/a.txt': 'mine',
});
const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' } };
const app = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' } };
const kinds = [widget, app, { apiVersion: 'v1', kind: 'Pod' }];

async function madeFrom(from: string, path: string): Promise<string> {
  const output = join(makeRepository({}), 'made');
  const args = ['--from', from, join(source, path), '--output', output];
  expect(await schemas.run(args, terminal)).toBe(exitCodes.clean);
  return output;
}

async function told(location: string, object: Record<string, unknown>) {
  const { problemsOf } = await loadValidators({ kinds, locations: [location] });
  return problemsOf(object)?.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test.for([
  ['dir', 'crds'],
  ['cluster', 'openapi'],
])('a custom kind from %s is judged as its CRD says', async ([from = '', path = '']) => {
  const made = await madeFrom(from, path);
  const spec = { size: 2, port: 'http', free: { any: [1] }, labels: { a: 'b' } };
  expect(await told(made, { ...widget, spec })).toEqual([]);
  expect(await told(made, { ...widget, spec: { ...spec, size: null, prot: 1 } })).toEqual([
    'spec.size: required field "size" is null',
    'spec.prot: unknown field "prot"',
  ]);
  const metadata = { name: 'a', lables: {} };
  expect(await told(made, { ...widget, metadata, spec })).toEqual([
    'metadata.lables: unknown field "lables"',
  ]);
});

test('the kinds of a cluster are judged as its API server would', async () => {
  const made = await madeFrom('cluster', 'openapi/apis/apps/v1');
  const spec = { selector: {}, replicas: null, limits: { cpu: 0.5, memory: '1Gi' }, mode: '' };
  expect(await told(made, { ...app, spec })).toEqual([]);
  const wrong = { replicas: 2 ** 40, limits: { cpu: 'much' }, mode: 'Fats', relicas: 1 };
  expect((await told(made, { ...app, spec: wrong }))?.toSorted()).toEqual([
    'spec.limits.cpu: cpu must be a quantity such as 500m or 1Gi, not "much"',
    'spec.mode: mode must be one of Fast, Exact; not "Fats"',
    'spec.relicas: unknown field "relicas"',
    'spec.replicas: replicas must be a number of 32 bits, not 1099511627776',
    'spec: required field "selector" is missing',
  ]);
  expect(await told(made, { ...app, spec: null })).toEqual(['spec: required field "spec" is null']);
  expect(await told(made, { apiVersion: 'v1', kind: 'Pod' })).toBeUndefined();
});

test('JSON schemas keep their place', async () => {
  const made = await madeFrom('dir', 'json');
  expect(await told(made, widget)).toEqual([': required field "zz" is missing']);
  expect(await told(made, { apiVersion: 'v1', kind: 'Pod' })).toHaveLength(1);
});

test('a catalogue is replaced, and nothing else is', async () => {
  const output = await madeFrom('dir', 'crds');
  const args = (to: string) => ['--from', 'dir', join(source, 'crds'), '--output', to];
  expect(await schemas.run(args(output), terminal)).toBe(exitCodes.clean);
  const other = join(source, 'other');
  await expect(schemas.run(args(other), terminal)).rejects.toThrow('holds no catalogue');
});

test.for([
  [['--from', 'dir', join(source, 'other')], 'say where to write it'],
  [['--from', 'dir', '--output', 'a'], 'name the folder'],
  [['--from', 'dir', join(source, 'other'), '--output', 'a'], 'neither CRDs nor JSON schemas'],
  [['--from', 'cluster', join(source, 'other'), '--output', 'a'], 'no document of /openapi/v3'],
  [['--from', 'cluster', '/nowhere/at/all', '--output', 'a'], 'there is no'],
  [['--from', 'git'], 'no source "git"; choose from npm, cluster, dir'],
] as const)('%j is refused', async ([args, message]) => {
  await expect(schemas.run([...args], terminal)).rejects.toThrow(message);
});
