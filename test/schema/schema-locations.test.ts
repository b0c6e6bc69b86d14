import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { schemasFolder } from '../../scripts/schema/catalogue.ts';
import { schemaAddresses } from '../../scripts/schema/schema-address.ts';
import { loadValidators } from '../../scripts/schema/validators.ts';
import { makeRepository } from '../repository.ts';
import { deployment, withValue } from './objects.ts';

const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' } };
const size = (limit: number) =>
  JSON.stringify({
    type: 'object',
    required: ['spec'],
    properties: {
      spec: {
        type: 'object',
        additionalProperties: false,
        properties: {
          size: { type: 'integer', maximum: limit, exclusiveMaximum: true },
          port: { oneOf: [{ type: ['string', 'null'] }, { type: ['integer', 'null'] }] },
          tag: { $ref: 'common/tag.json#/definitions/tag' },
        },
      },
    },
  });
const tag = JSON.stringify({ definitions: { tag: { type: 'string', pattern: '^(?i)v[0-9]+$' } } });

const folder = makeRepository({
  'a/widget_v1.json': size(5),
  'a/common/tag.json': tag,
  'b/widget_v1.json': size(9),
  'b/common/tag.json': tag,
  'broken/widget_v1.json': '{',
  'odd/widget_v1.json': '{"type": "nonsense"}',
  'lost/widget_v1.json': '{"$ref": "nowhere.json#/definitions/a"}',
  'one/v1.30.0-standalone-strict/deployment-apps-v1.json': '{"required": ["zz"]}',
  'one/crds/example.com/widget_v1.json': size(5),
  'one/crds/example.com/common/tag.json': tag,
});
const at = (name: string) => join(folder, name, '{{ .ResourceKind }}_{{.ResourceAPIVersion}}.json');

async function told(spec: unknown, locations: readonly string[], network = false) {
  const { problemsOf } = await loadValidators({ kinds: [widget], locations, network });
  return problemsOf({ ...widget, spec })?.map(({ path, message }) => [path.join('.'), message]);
}

test('the first location that has a schema decides', async () => {
  const seven = { size: 7, port: null, tag: 'V1' };
  expect(await told(seven, [at('b'), at('a')])).toEqual([]);
  expect(await told(seven, [at('a'), at('b')])).toEqual([['spec.size', 'size must be < 5, not 7']]);
  expect(await told(seven, [at('none'), at('b'), 'default'])).toEqual([]);
  expect(await told(seven, ['default'])).toBeUndefined();
});

test('schemas of others are read as ours are', async () => {
  expect(await told({ siz: 1, port: true, tag: 'x' }, [at('a')])).toEqual([
    ['spec.port', 'port must be a string or an integer, not the boolean true'],
    ['spec.tag', 'tag must match ^(?i)v[0-9]+$, not "x"'],
    ['spec.siz', 'unknown field "siz"'],
  ]);
});

test('without the catalogue among them, it does not decide', async () => {
  const locations = [at('a')];
  const { problemsOf } = await loadValidators({ kinds: [deployment()] as never, locations });
  expect(problemsOf(deployment())).toBeUndefined();
});

test('a folder with a single version decides whatever version is wanted', async () => {
  const kinds = [{ apiVersion: 'apps/v1', kind: 'Deployment' }, widget];
  const locations = [join(folder, 'one')];
  const { problemsOf } = await loadValidators({ kinds, locations, kubernetes: '1.34' });
  expect(problemsOf(deployment())?.map(({ message }) => message)).toEqual([
    'required field "zz" is missing',
  ]);
  expect(problemsOf({ ...widget, spec: { size: 6 } })).toHaveLength(1);
});

test('the folder of bundled schemas, read as files, decides as the compiled ones do', async () => {
  const kinds = [{ apiVersion: 'apps/v1', kind: 'Deployment' }];
  const { problemsOf } = await loadValidators({
    kinds,
    locations: [schemasFolder],
    kubernetes: '1.34',
  });
  const compiled = await loadValidators({ kinds, kubernetes: '1.34' });
  for (const object of [
    deployment(),
    withValue(deployment(), ['spec', 'replicas'], 'two'),
    withValue(deployment(), ['spec', 'template', 'spec', 'containers', 0, 'imgae'], 'a'),
    withValue(deployment(), ['spec', 'strategy', 'rollingUpdate', 'maxSurge'], null),
  ]) {
    expect(problemsOf(object)).toEqual(compiled.problemsOf(object));
  }
});

test.for([
  [at('broken'), 'is no JSON object'],
  [at('lost'), 'which is not there'],
  [`${folder}/{{.Kind}}.json`, 'a schema location has no {{.Kind}}; it may have {{.Norm'],
  ['https://user:word@example.com/{{.Group}}.json', 'https://example.com/example.com.json is on'],
])('%s is refused', async ([location, message]) => {
  await expect(told({}, [location as string])).rejects.toThrow(message);
});

test('a schema that cannot be compiled is none', async () => {
  expect(await told({}, [at('odd')])).toBeUndefined();
});

const server = createServer(({ url }, response) => {
  if (url === '/busy.json') response.statusCode = 429;
  else if (url !== '/widget.json') response.statusCode = 404;
  response.end(size(5).replace('common/tag.json#/definitions/tag', '#'));
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
afterAll(() => server.close());

test('the network is asked when it is allowed, and not otherwise', async () => {
  const { port } = server.address() as AddressInfo;
  const address = (name: string) => `http://127.0.0.1:${port}/${name}.json`;
  const [there, gone, busy] = [address('{{.ResourceKind}}'), address('gone'), address('busy')];
  expect(await told({ size: 6 }, [gone, there], true)).toHaveLength(1);
  await expect(told({}, [busy], true)).rejects.toThrow('answered 429');
  await expect(told({}, [there])).rejects.toThrow('allow it with --allow network');
});

test('what a manifest says does not lead out of a location', () => {
  const wanted = { apiVersion: '../../etc/v1', kind: '../passwd', version: 'v1.34.0' };
  for (const address of schemaAddresses('/schemas', wanted)) {
    expect(address).toMatch(/^\/schemas\//);
    expect(address).not.toContain('..');
  }
});

test('the suffix of a built-in group is not taken for that of another', () => {
  const template = '/s/{{.ResourceKind}}{{.KindSuffix}}.json';
  const of = (apiVersion: string) =>
    schemaAddresses(template, { apiVersion, kind: 'CronJob', version: 'v1.34.0' });
  expect(of('batch/v1')).toEqual(['/s/cronjob-batch-v1.json']);
  expect(of('batch.tutorial.kubebuilder.io/v1')).toEqual([]);
  expect(of('kubebuilder.io/v1')).toEqual(['/s/cronjob-kubebuilder-v1.json']);
});
