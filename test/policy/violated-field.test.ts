import { expect, test } from 'vitest';
import { toPointer } from '../../scripts/kubernetes/fields.ts';
import { compilePolicy } from '../../scripts/policy/compile-policy.ts';
import { violatedField } from '../../scripts/policy/violated-field.ts';
import { creation } from './requests.ts';

const containers = [
  { name: 'proxy', image: 'ours/proxy:1', ports: [{ containerPort: 80 }] },
  { name: 'main', image: 'theirs/main', ports: [{ containerPort: 80 }, { containerPort: 22 }] },
  { name: 'last', image: 'ours/last:1' },
];
const object = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { team: 'shop' } },
  spec: { replicas: 1, paused: true, template: { spec: { containers } } },
};

function place(expression: string, variables: readonly string[] = []): string {
  const policy = compilePolicy({
    variables: variables.map((one, index) => ({ name: `v${index}`, expression: one })),
    validations: [{ expression }],
  });
  expect(policy.problems).toEqual([]);
  const request = { ...creation, object };
  return toPointer(violatedField({ policy, validation: 0, request, params: null }));
}

const list = 'object.spec.template.spec.containers';
const main = '/spec/template/spec/containers/1';

test.for([
  ['object.spec.replicas >= 2', '/spec/replicas'],
  ["object.kind != 'Deployment' || object.spec.replicas >= 2", '/spec/replicas'],
  ["!has(object.spec.paused) || object.metadata.name == 'x'", '/spec/paused'],
  ['has(object.spec.strategy)', '/spec/strategy'],
  ["'owner' in object.metadata.labels", '/metadata/labels/owner'],
  ["object.metadata.labels[?'owner'].hasValue()", '/metadata/labels/owner'],
  ["object.metadata.name == 'api'", '/spec'],
  [`${list}.all(c, c.image.startsWith('ours/'))`, `${main}/image`],
  [`!${list}.exists(c, c.image.startsWith('theirs/'))`, `${main}/image`],
  [`${list}.filter(c, !c.image.contains(':')).size() == 0`, `${main}/image`],
  [`${list}.map(c, c.image).all(i, i.contains(':'))`, `${main}/image`],
  [
    `${list}.all(c, !has(c.ports) || c.ports.all(p, p.containerPort > 79))`,
    `${main}/ports/1/containerPort`,
  ],
  [`${list}.size() < 3`, '/spec/template/spec/containers'],
  [`${list}.exists(c, c.name == 'sidecar')`, '/spec/template/spec/containers'],
  ['false', '/spec'],
] as const)('%s is about %s', ([expression, path]) => {
  expect(place(expression)).toBe(path);
});

test('composed variables are seen through', () => {
  const variables = [
    `object.kind == 'Pod' ? object.spec : object.spec.template.spec`,
    'variables.v0.containers',
  ];
  expect(place("variables.v1.all(c, c.image.contains(':'))", variables)).toBe(`${main}/image`);
});

test('an expression that fails is about the field it lacks', () => {
  expect(place(`${list}.all(c, c.ports.size() > 0)`)).toBe(
    '/spec/template/spec/containers/2/ports',
  );
});
