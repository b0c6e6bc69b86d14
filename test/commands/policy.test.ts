import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Terminal } from '../../scripts/commands/command.ts';
import { main } from '../../scripts/commands/main.ts';
import { makeRepository } from '../repository.ts';

const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: replicas
spec:
  paramKind: {apiVersion: v1, kind: ConfigMap}
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments, statefulsets]}
  matchConditions:
    - {name: not-paused, expression: "!has(object.spec.paused) || !object.spec.paused"}
  validations:
    - expression: object.spec.replicas >= int(params.data.minReplicas)
      messageExpression: "'replicas is ' + string(object.spec.replicas)"
    - expression: object.spec.template.spec.containers.all(c, c.image.contains(':'))
      message: no tag
`;
const base = `params: {minReplicas: "2"}
base:
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web, namespace: shop}
  spec:
    replicas: 2
    template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1"}]}}
cases:
  - {name: two replicas, expect: allow}
  - {name: one by default, set: {/spec/replicas: null}, expect: deny, message: replicas is 1}
  - {name: as another kind, as: StatefulSet, expect: deny, message: replicas is 1}
  - {name: one is enough, set: {/spec/replicas: 1}, params: {minReplicas: "1"}, expect: allow}
  - {name: not a number, params: {minReplicas: many}, expect: error}
  - {name: of a kind it is not about, as: DaemonSet, expect: skip}
`;
const rest = `  - {name: paused, set: {/spec/paused: true}, expect: skip}
  - name: both
    set: {/spec/replicas: 0, /spec/template/spec/containers/-: {name: b, image: b}}
    expect: deny
    message: [replicas is 0, no tag]
`;

function makePolicies(tests: string, more: Readonly<Record<string, string>> = {}): string {
  return makeRepository({
    'policies/base/replicas/policy.yaml': policy,
    'policies/base/replicas/tests.yaml': tests,
    ...more,
  });
}

async function run(cwd: string, ...args: string[]) {
  const out = { text: '', warned: '' };
  const terminal: Terminal = {
    cwd,
    colour: false,
    columns: 80,
    print: (text) => {
      out.text += text;
    },
    warn: (text) => {
      out.warned += text;
    },
    progress: () => {},
    readInput: async () => '',
  };
  return { code: await main(['policy', ...args], terminal), ...out };
}

test('tests that cover a policy pass', async () => {
  expect(await run(makePolicies(base + rest), 'test')).toEqual({
    code: 0,
    text: '✓ replicas (8 cases)\n\n1 policy, 8 cases\n',
    warned: '',
  });
});

test('what was never seen both ways fails', async () => {
  expect(await run(makePolicies(base), 'test', 'policies/base')).toEqual({
    code: 1,
    text: [
      '✗ replicas',
      '  ✗ condition "not-paused" was never false',
      '  ✗ validation 2 was never false',
      '',
      '1 policy, 6 cases, 2 not seen both true and false',
      '',
    ].join('\n'),
    warned: '',
  });
});

test('a case that is decided otherwise fails, and so does one with other words', async () => {
  const wrong = `  - {name: wrong, expect: deny}
  - {name: words, set: {/spec/replicas: 1}, expect: deny, message: too few}
`;
  const { code, text } = await run(makePolicies(base + rest + wrong), 'test');
  expect(code).toBe(1);
  expect(text).toBe(
    [
      '✗ replicas',
      '  ✗ wrong: expected deny, but it is allow',
      '  ✗ words: expected "too few", but it says "replicas is 1"',
      '',
      '1 policy, 10 cases, 2 failed',
      '',
    ].join('\n'),
  );
});

test('functions that the oldest cluster lacks fail the tests', async () => {
  const cluster = 'name: old\nenvironment: old\nkubernetes: "1.32"\n';
  const newer = policy.replace("c.image.contains(':')", 'isSemver(c.image)');
  const root = makePolicies(base, {
    'policies/base/replicas/policy.yaml': newer,
    'clusters/old/cluster.yaml': cluster,
  });
  const { code, text } = await run(root, 'test');
  expect(code).toBe(1);
  expect(text).toContain("/spec/validations/1/expression: undeclared reference to 'isSemver'");
  expect(text).toContain('1 policy, 1 not compiled, 0 cases');
});

test('a file that nobody can read hides nothing of the others', async () => {
  const root = makePolicies(base, {
    'policies/base/other/policy.yaml': policy,
    'policies/base/other/tests.yaml': `${base}  - name: a\n    expects: deny\n`,
  });
  const { code, text, warned } = await run(root, 'test');
  expect(code).toBe(2);
  expect(text).toContain('1 policy, 6 cases');
  expect(warned).toContain('policies/base/other/tests.yaml:16, case "a": the case has no field');
});

test.for([
  ['cases: 1', 'policies/base/replicas/tests.yaml:1 has no list "cases"'],
  [
    'cases: [{name: a, expect: maybe}]',
    'policies/base/replicas/tests.yaml:1, case "a": the object or base is no mapping',
  ],
  [
    `${base}  - {name: a, expect: maybe}`,
    'case "a": expect is not one of allow, deny, skip and error',
  ],
  [
    `${base}  - {name: a, expects: deny}`,
    'case "a": the case has no field "expects"; did you mean "expect"?',
  ],
  [`${base}  - {name: a, set: {spec: 1}, expect: deny}`, '"spec" is no JSON pointer'],
  [
    `${base}  - {name: a, set: {/spec/replicas/x: 1}, expect: deny}`,
    'leads through what is no map',
  ],
  [`${base}  - {name: a, as: Service, expect: deny}`, 'kind Service has no pod template'],
  ['a: [', 'is no YAML'],
] as const)('%s is misuse', async ([tests, message]) => {
  const { code, warned } = await run(makePolicies(tests), 'test');
  expect(code).toBe(2);
  expect(warned).toContain(message);
});

test('without tests there is nothing to run', async () => {
  const { code, warned } = await run(makeRepository({ 'policies/a.txt': '' }), 'test');
  expect([code, warned]).toEqual([2, 'error: there is no tests.yaml in policies\n']);
});

const exceptions = `exceptions:
  - policy: replicas
    target: {kind: Deployment, namespace: shop, name: web}
    environments: [prod]
    reason: It keeps its state in memory
    owner: team-shop
    expires: 2027-03-31
`;

test('exceptions are compiled for every environment', async () => {
  const root = makePolicies(base, {
    'policies/exceptions.yaml': exceptions,
    'policies/environments/prod/kustomization.yaml': '',
    'policies/environments/dev/exceptions.txt': 'old\n',
  });
  const stale = await run(root, 'exceptions');
  expect(stale).toMatchObject({
    code: 1,
    text: 'stale: policies/environments/dev/exceptions.txt\nstale: policies/environments/prod/exceptions.txt\n',
  });
  expect((await run(root, 'exceptions', '--write')).code).toBe(0);
  const written = ['dev', 'prod'].map((name) =>
    readFileSync(join(root, `policies/environments/${name}/exceptions.txt`), 'utf8'),
  );
  expect(written).toEqual(['', 'replicas shop/Deployment/web\n']);
  expect(await run(root, 'exceptions')).toMatchObject({
    code: 0,
    text: 'the exceptions are up to date\n',
  });
});

test('an exception with a fault is not compiled', async () => {
  const root = makePolicies(base, {
    'policies/exceptions.yaml': exceptions.replace('    owner: team-shop\n', ''),
  });
  const { code, warned } = await run(root, 'exceptions', '--write');
  expect([code, warned]).toEqual([
    2,
    'error: policies/exceptions.yaml: the exception has no owner\n',
  ]);
});
