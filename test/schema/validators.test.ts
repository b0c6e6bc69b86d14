import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadValidators } from '../../scripts/schema/validators.ts';
import { deployment, objectsIn, withValue } from './objects.ts';

const kinds = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
];
const validators = await loadValidators({ kinds, kubernetes: '1.34' });

const pod = ['spec', 'template', 'spec'];
const container = [...pod, 'containers', 0];

test('a complete Deployment is accepted', () => {
  expect(validators.problemsOf(deployment())).toEqual([]);
});

describe('one change to it is one problem', () => {
  test.for<[string, (string | number)[], unknown, string, string?]>([
    ['an unknown field', ['spec', 'replica'], 3, 'unknown field "replica"'],
    ['far from any known one', ['spec', 'colour'], 1, 'unknown field "colour"'],
    ['at the top', ['sepc'], {}, 'unknown field "sepc"', 'Did you mean "spec"?'],
    ['in a list', [...container, 'imgae'], 'a', 'unknown field "imgae"', 'Did you mean "image"?'],
    [
      'a text for a number',
      [...container, 'ports', 0, 'containerPort'],
      'http',
      'containerPort must be an integer, not the string "http"',
    ],
    ['a fraction', ['spec', 'replicas'], 1.5, 'replicas must be an integer, not the number 1.5'],
    [
      'too large',
      ['spec', 'replicas'],
      2 ** 31,
      'replicas must be a number of 32 bits, not 2147483648',
    ],
    [
      'neither number nor text',
      ['spec', 'strategy', 'rollingUpdate', 'maxSurge'],
      true,
      'maxSurge must be an integer or a string, not the boolean true',
    ],
    ['a list for an object', pod, [], 'spec must be an object, not a list'],
    [
      'an item of a list',
      [...container, 'args', 1],
      8080,
      'args[1] must be a string, not the number 8080',
    ],
    [
      'null in a list',
      [...pod, 'containers', 0],
      null,
      'containers[0] must be an object, not null',
    ],
    ['null for a needed field', ['spec', 'selector'], null, 'required field "selector" is null'],
    [
      'no quantity',
      [...container, 'resources', 'limits', 'memory'],
      '1 GB',
      'memory must be a quantity such as 500m or 1Gi, not "1 GB"',
    ],
    [
      'a value of no enumeration',
      [...container, 'imagePullPolicy'],
      'Alway',
      'imagePullPolicy must be one of Always, IfNotPresent, Never; not "Alway"',
      'Did you mean "Always"?',
    ],
    [
      'no time',
      ['metadata', 'creationTimestamp'],
      'yesterday',
      'creationTimestamp must be a time such as 2025-01-31T12:00:00Z, not "yesterday"',
    ],
    [
      'the value of a variable, which may be secret',
      [...container, 'env', 0, 'value'],
      12345,
      'value must be a string, not a number',
    ],
  ])('%s', ([, path, value, message, fix]) => {
    const problems = validators.problemsOf(withValue(deployment(), path, value));
    expect(problems?.map((problem) => problem.message)).toEqual([message]);
    expect(problems?.[0]?.path).toEqual(path);
    if (fix) expect(problems?.[0]?.fix).toBe(fix);
  });

  test('a missing field is told of its parent', () => {
    const problems = validators.problemsOf(
      withValue(deployment(), ['spec', 'selector'], undefined),
    );
    expect(problems).toEqual([{ path: ['spec'], message: 'required field "selector" is missing' }]);
  });

  test('a misspelt field is not missing besides', () => {
    const { spec } = deployment() as { spec: Record<string, unknown> };
    const { selector, ...others } = spec;
    const object = { ...deployment(), spec: { ...others, selectors: selector } };
    expect(validators.problemsOf(object)).toEqual([
      {
        path: ['spec', 'selectors'],
        message: 'unknown field "selectors"',
        fix: 'Did you mean "selector"?',
      },
    ]);
  });
});

test.for<[string, (string | number)[], unknown]>([
  ['null for what may be left out', ['spec', 'replicas'], null],
  ['a port by name', [...container, 'readinessProbe', 'httpGet', 'port'], 'http'],
  ['a number for a quantity', [...container, 'resources', 'limits', 'memory'], 1e9],
  ['an empty value that gets its default', [...container, 'imagePullPolicy'], ''],
  ['any label', ['metadata', 'labels', 'constructor'], 'a'],
])('nothing is said of %s', ([, path, value]) => {
  expect(validators.problemsOf(withValue(deployment(), path, value))).toEqual([]);
});

test('an unknown field is found wherever it is, at its very place', () => {
  const places = [...objectsIn(deployment())].filter((path) => {
    return !['labels', 'annotations', 'matchLabels', 'requests', 'limits'].includes(
      `${path.at(-1)}`,
    );
  });
  const name = fc.stringMatching(/^x[a-z/~]{1,12}$/).map((text) => `${text}Unknown`);
  fc.assert(
    fc.property(fc.constantFrom(...places), name, fc.jsonValue(), (place, field, value) => {
      const object = withValue(deployment(), [...place, field], value);
      const problems = validators.problemsOf(object);
      expect(problems?.map(({ path }) => path)).toEqual([[...place, field]]);
    }),
  );
});

test('the order of keys does not matter', () => {
  const reversed = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, child]) => [key, reversed(child)]),
        );
  const object = reversed(deployment()) as Record<string, unknown>;
  expect(validators.problemsOf(object)).toEqual([]);
});

test('what a Secret holds is never shown', async () => {
  const secrets = await loadValidators({ kinds: [{ apiVersion: 'v1', kind: 'Secret' }] });
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };
  const data = { password: 'hunter2!', pin: 4711 };
  const problems = secrets.problemsOf({ ...secret, data, stringData: { pin: 4711 } });
  expect(problems).toEqual([
    { path: ['data', 'password'], message: 'password must be base64' },
    { path: ['data', 'pin'], message: 'pin must be a string, not a number' },
    { path: ['stringData', 'pin'], message: 'pin must be a string, not a number' },
  ]);
});

test('an object with very many mistakes is told of quickly and in part', () => {
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, 1]));
  const problems = validators.problemsOf({ ...deployment(), ...many });
  expect(problems).toHaveLength(100);
});

test('a kind without a schema is not judged', async () => {
  const odd = { apiVersion: '../../../etc/v1', kind: 'Passwd' };
  const { problemsOf } = await loadValidators({
    kinds: [odd, { apiVersion: 'a.b/v1', kind: 'C' }],
  });
  expect(problemsOf(odd)).toBeUndefined();
  expect(problemsOf({ apiVersion: 'a.b/v1', kind: 'C' })).toBeUndefined();
});
