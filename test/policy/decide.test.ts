import { expect, test } from 'vitest';
import type { MatchResources } from '../../scripts/policy/types.ts';
import { creation, deployment, deployments, judge, messages } from './requests.ts';

const refusing = { validations: [{ expression: 'false', message: 'refused' }] };

test.for([
  ['its own resource', deployments, true],
  ['other resources', rule({ resources: ['pods'] }), false],
  ['a subresource', rule({ resources: ['deployments/scale'] }), false],
  ['every resource', rule({ resources: ['*'] }), true],
  ['another operation', rule({ operations: ['DELETE'] }), false],
  ['another version', rule({ apiVersions: ['v1beta1'] }), false],
  ['cluster-scoped objects', rule({ scope: 'Cluster' }), false],
  ['its name', rule({ resourceNames: ['web'] }), true],
  ['other names', rule({ resourceNames: ['api'] }), false],
  ['what is not excluded', { ...deployments, excludeResourceRules: rule({}).resourceRules }, false],
  ['no resource at all', {}, false],
  ['its labels', { ...deployments, objectSelector: { matchLabels: { app: 'web' } } }, true],
  ['other labels', { ...deployments, objectSelector: { matchLabels: { app: 'api' } } }, false],
  ['its namespace', selecting('tier', ['web']), true],
  ['other namespaces', selecting('tier', ['db']), false],
  ['its namespace by name', selecting('kubernetes.io/metadata.name', ['shop']), true],
] as readonly (readonly [string, MatchResources, boolean])[])(
  'a policy for %s',
  ([, matchConstraints, covered]) => {
    expect(judge({ ...refusing, matchConstraints })).toHaveLength(covered ? 1 : 0);
  },
);

test('unknown labels of a namespace are told, not skipped', () => {
  const { namespace: _, ...request } = creation;
  expect(
    messages({ ...refusing, matchConstraints: selecting('tier', ['web']) }, { request }),
  ).toEqual(['undecidable: labels of namespace "shop" are not known']);
});

test('a binding narrows its policy and says how severe it is', () => {
  const severities = (['Deny', 'Warn', 'Audit'] as const).map(
    (action) => judge(refusing, { binding: { validationActions: [action] } })[0]?.severity,
  );
  expect(severities).toEqual(['error', 'warning', 'note']);
  const binding = { matchResources: selecting('tier', ['db']) };
  expect(judge(refusing, { binding })).toEqual([]);
});

test('variables are computed in order, once and only when asked for', () => {
  const spec = {
    variables: [
      { name: 'containers', expression: 'object.spec.template.spec.containers' },
      { name: 'images', expression: 'variables.containers.map(c, c.image)' },
      { name: 'broken', expression: 'object.spec.missing' },
    ],
    validations: [
      { expression: "variables.images == ['web:1']" },
      { expression: "variables.images.exists(image, image == 'x')", message: ' no x \n' },
      { expression: 'variables.broken == 1' },
    ],
  };
  expect(messages(spec)).toEqual([
    'denied: no x',
    `failed: expression 'variables.broken == 1' resulted in error: composited variable "broken" fails to evaluate: no such key: missing`,
  ]);
  expect(messages({ ...spec, failurePolicy: 'Ignore' })).toEqual(['denied: no x']);
});

test.for([
  ["'replicas: ' + string(object.spec.replicas)", 'replicas: 1'],
  ["'two\\nlines'", 'written'],
  ["'  '", 'written'],
  ['object.spec.missing', 'written'],
] as const)('the message %s', ([messageExpression, message]) => {
  const spec = { validations: [{ expression: 'false', message: 'written', messageExpression }] };
  expect(messages(spec)).toEqual([`denied: ${message}`]);
});

test('without a message the expression is told', () => {
  expect(messages({ validations: [{ expression: ' object.spec.replicas > 1\n' }] })).toEqual([
    'denied: failed expression: object.spec.replicas > 1',
  ]);
});

test('match conditions skip, and fail where they cannot be told', () => {
  const condition = (expression: string) => [{ name: 'condition', expression }];
  expect(messages({ ...refusing, matchConditions: condition('object.spec.replicas > 1') })).toEqual(
    [],
  );
  const broken = { ...refusing, matchConditions: condition('object.spec.x == 1') };
  expect(messages(broken)).toEqual([
    "failed: matchConditions: expression 'object.spec.x == 1' resulted in error: no such key: x",
  ]);
  expect(messages({ ...broken, failurePolicy: 'Ignore' })).toEqual([]);
});

test('an update sees the old object', () => {
  const request = { ...creation, operation: 'UPDATE', oldObject: deployment } as const;
  const spec = {
    validations: [{ expression: 'oldObject != null && object.spec == oldObject.spec' }],
  };
  expect(messages(spec, { request })).toEqual([]);
  expect(messages(spec)).toHaveLength(1);
});

test('what the request does not have does not exist', () => {
  const spec = {
    validations: [
      {
        expression: "request.namespace == 'shop' && request.kind.kind == 'Deployment'",
      },
      { expression: "!has(request.subResource) && request.resource.resource == 'deployments'" },
      { expression: "namespaceObject.metadata.labels.tier == 'web'" },
    ],
  };
  expect(messages(spec)).toEqual([]);
});

test('the authorizer and an unknown user are no verdict', () => {
  const authorizer = "authorizer.group('').resource('pods').check('get').allowed() || true";
  expect(messages({ validations: [{ expression: authorizer }] })).toEqual([
    'undecidable: the authorizer is known to a cluster only',
  ]);
  const user = { validations: [{ expression: "'admins' in request.userInfo.groups" }] };
  expect(messages(user)).toEqual([
    'undecidable: the user of the request is known to a cluster only',
  ]);
  const request = { ...creation, user: { groups: ['admins'] } };
  expect(messages(user, { request })).toEqual([]);
});

function rule(part: object): MatchResources {
  const [whole] = deployments.resourceRules ?? [];
  return { resourceRules: [{ ...whole, ...part }] };
}

function selecting(key: string, values: readonly string[]): MatchResources {
  const namespaceSelector = { matchExpressions: [{ key, operator: 'In', values }] };
  return { ...deployments, namespaceSelector };
}
