import { expect, test } from 'vitest';
import { compilePolicy } from '../../scripts/policy/compile-policy.ts';
import { messages } from './requests.ts';

const spec = {
  paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
  validations: [
    {
      expression: 'object.spec.replicas >= int(params.data.min)',
      messageExpression: "'fewer than ' + params.data.min",
    },
  ],
} as const;

function limits(name: string, min: string, namespace = 'shop') {
  const metadata = { name, namespace, labels: { kind: 'limits' } };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { min } };
}

test('a binding names its parameters', () => {
  const params = [limits('a', '2'), limits('b', '1')];
  expect(messages(spec, { binding: { paramRef: { name: 'a' } }, params })).toEqual([
    'denied: fewer than 2',
  ]);
  expect(messages(spec, { binding: { paramRef: { name: 'b' } }, params })).toEqual([]);
});

test('selected parameters all decide', () => {
  const params = [limits('a', '2'), limits('b', '1'), limits('c', '3')];
  const binding = { paramRef: { selector: { matchLabels: { kind: 'limits' } } } };
  expect(messages(spec, { binding, params })).toEqual([
    'denied: fewer than 2',
    'denied: fewer than 3',
  ]);
});

test('parameters come from the named namespace, or from the request own', () => {
  const params = [limits('a', '2', 'policy-system')];
  const paramRef = { name: 'a', parameterNotFoundAction: 'Allow' } as const;
  expect(messages(spec, { binding: { paramRef }, params })).toEqual([]);
  const binding = { paramRef: { ...paramRef, namespace: 'policy-system' } };
  expect(messages(spec, { binding, params })).toEqual(['denied: fewer than 2']);
});

test('missing parameters deny where the binding says so', () => {
  const binding = { paramRef: { name: 'a', parameterNotFoundAction: 'Deny' } } as const;
  expect(messages(spec, { binding })).toEqual([
    'failed: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
  ]);
  expect(messages({ ...spec, failurePolicy: 'Ignore' }, { binding })).toEqual([]);
});

test('without a reference the parameters are null', () => {
  expect(messages({ ...spec, validations: [{ expression: 'params == null' }] })).toEqual([]);
});

test('a slip in an expression is a problem with its place', () => {
  const { problems } = compilePolicy({
    variables: [{ name: 'count', expression: 'size(object.spec.ports)' }],
    matchConditions: [{ name: 'first', expression: 'variables.count > 0' }],
    validations: [
      { expression: 'variables.cuont > 0' },
      { expression: "variables.count > '1'" },
      { expression: 'variables.count' },
      { expression: 'request.nmae == params.x', messageExpression: '1' },
    ],
  });
  expect(problems.map(({ path, message, issue }) => [path, issue?.column, message])).toEqual([
    [
      '/spec/matchConditions/0/expression',
      1,
      "undeclared reference to 'variables' (in container '')",
    ],
    ['/spec/validations/0/expression', 10, "undefined field 'cuont'"],
    [
      '/spec/validations/1/expression',
      17,
      "found no matching overload for '_>_' applied to '(int, string)'",
    ],
    ['/spec/validations/2/expression', undefined, 'must evaluate to bool'],
    ['/spec/validations/3/expression', 8, "undefined field 'nmae'"],
    ['/spec/validations/3/expression', 17, "undeclared reference to 'params' (in container '')"],
    ['/spec/validations/3/messageExpression', undefined, 'must evaluate to string'],
  ]);
});

test('an expression that does not compile fails what it decides', () => {
  const [message] = messages({ validations: [{ expression: 'nothing' }] });
  expect(message).toContain(
    "failed: expression 'nothing' resulted in error: compilation error: compilation failed: ERROR: <input>:1:1: undeclared reference to 'nothing'",
  );
});

test('functions newer than the cluster do not compile', () => {
  const validations = [{ expression: "isSemver('1.0.0')" }];
  expect(compilePolicy({ validations }, '1.32').problems).toHaveLength(1);
  expect(compilePolicy({ validations }, '1.33').problems).toEqual([]);
});
