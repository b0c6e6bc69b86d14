import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import type { Rendered, Target } from '../../scripts/model.ts';
import { policyCheck } from '../../scripts/policy/check-policies.ts';
import { noPolicies } from '../../scripts/policy/given-policies.ts';
import { makeRepository } from '../repository.ts';
import { deployment, deployments } from './requests.ts';

const policy = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'kept' },
  spec: {
    matchConstraints: deployments,
    validations: [
      {
        expression: 'oldObject == null || object.spec.replicas >= oldObject.spec.replicas',
        message: 'replicas go down',
      },
    ],
  },
};
const binding = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'kept' },
  spec: { policyName: 'kept', validationActions: ['Deny'] },
};

function rendered(objects: readonly object[]): Rendered {
  const target: Target = {
    name: 'app',
    path: 'app',
    kind: 'kustomization',
    clusters: [],
    engines: [],
    syncedBy: [],
  };
  return { target, manifests: manifestsOf(objects, { target }), files: [], failures: [] };
}

function satisfied(objects: readonly object[], base?: readonly object[]): string[] {
  const check = policyCheck({
    environments: new Map(),
    given: noPolicies,
    resourceOf: () => (_, kind) => ({ plural: `${kind.toLowerCase()}s`, namespaced: true }),
    kindType: () => ({ kinds: () => [], typeOf: () => undefined }),
    versionFor: () => undefined,
    isInvalid: () => false,
    isWhole: true,
    environmentOf: () => undefined,
    ...(base && { base: [rendered(base)] }),
  });
  return check({ rendered: [rendered(objects)] }).satisfied.map(({ message }) => message);
}

test('with a base, what was there is updated and sees what it was', () => {
  const before = { ...deployment, spec: { replicas: 3 } };
  const objects = [policy, binding, deployment];
  expect(satisfied(objects)).toEqual([]);
  expect(satisfied(objects, [before])).toEqual(['policy "kept": replicas go down']);
  expect(satisfied(objects, [deployment])).toEqual([]);
  const other = { ...before, metadata: { name: 'other', namespace: 'shop' } };
  expect(satisfied(objects, [other])).toEqual([]);
});

test('values of a Secret are in no message', () => {
  const message = { messageExpression: "'the token is ' + string(object.data.token)" };
  const failing = "object.data.token.matches('^YzRu') && int(object.data.token) > 1";
  const all = { ...deployments.resourceRules?.[0], apiGroups: [''], resources: ['secrets'] };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'token', namespace: 'shop' },
    stringData: { token: 'c4n4ry' },
  };
  const spec = {
    matchConstraints: { resourceRules: [all] },
    validations: [
      { expression: 'false', message: 'refused', ...message },
      { expression: '!true', ...message },
      { expression: failing },
    ],
  };
  expect(satisfied([{ ...policy, spec }, binding, secret])).toEqual([
    'policy "kept": refused',
    'policy "kept": failed expression: !true',
    'policy "kept" cannot be evaluated: an expression fails',
  ]);
});

test('nonsense where a policy should be makes nobody throw', () => {
  for (const spec of [null, 'text', [], { validations: 'x', variables: { a: 1 } }]) {
    expect(satisfied([{ ...policy, spec }, { ...binding, spec }, deployment])).toEqual([]);
  }
  const odd = { matchConstraints: { resourceRules: ['x', null, { resources: 'pods' }] } };
  expect(satisfied([{ ...policy, spec: odd }, binding, deployment])).toEqual([]);
});

test('hostile expressions end with a finding', () => {
  const range = `[${Array.from({ length: 100 }, (_, index) => index).join(',')}]`;
  const nested = `${range}.all(a, ${range}.all(b, ${range}.all(c, ${range}.all(d, a + b + c + d >= 0))))`;
  const spec = { ...policy.spec, validations: [{ expression: nested, message: 'deep' }] };
  const [message = ''] = satisfied([{ ...policy, spec }, binding, deployment]);
  expect(message).toMatch(/^policy "kept" cannot be evaluated: expression '/);
  const others = Array.from({ length: 20 }, (_, index) => ({
    ...deployment,
    metadata: { name: `web-${index}`, namespace: 'shop' },
  }));
  expect(satisfied([{ ...policy, spec }, binding, ...others])).toHaveLength(3);
  const slow = "object.metadata.name.matches('^(a+)+$')";
  const many = { ...deployment, metadata: { name: `${'a'.repeat(50_000)}!`, namespace: 'shop' } };
  const matching = { ...policy.spec, validations: [{ expression: slow, message: 'no match' }] };
  expect(satisfied([{ ...policy, spec: matching }, binding, many])).toEqual([
    'policy "kept": no match',
  ]);
});

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
`;
const elsewhere = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: two}
spec:
  paramKind: {apiVersion: v1, kind: ConfigMap}
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
  validations:
    - {expression: object.spec.replicas >= int(params.data.least), message: too few}
    - {expression: object.spec.replicsa > 0, message: none}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: limits, namespace: policies}
data: {least: "2"}
`;

async function findings(root: string, policies: readonly string[]): Promise<string[]> {
  const report = await validate({
    root,
    policies,
    selectRule: ({ id }) => id.startsWith('policies/'),
  });
  return report.findings.map(
    ({ location: { file, line }, severity, rule, message }) =>
      `${file}:${line} ${severity} ${rule} ${message}`,
  );
}

test('policies from elsewhere decide, and are looked at themselves', async () => {
  const root = makeRepository({
    'app/kustomization.yaml': 'resources: [web.yaml]',
    'app/web.yaml': web,
  });
  const other = makeRepository({ 'two.yaml': elsewhere, 'values.yaml': 'a: 1' });
  const typed = await findings(root, [other]);
  expect(typed.map((line) => line.replace(/^.*two\.yaml/, 'two.yaml')).sort()).toEqual([
    `app/web.yaml:4 error policies/satisfied policy "two" cannot be evaluated: expression 'object.spec.replicsa > 0' resulted in error: no such key: replicsa`,
    'app/web.yaml:5 error policies/satisfied policy "two": too few',
    "two.yaml:11 warning policies/typed for Deployment, undefined field 'replicsa' (line 1, column 12 of the expression)",
  ]);
});

test.for([
  [{ 'a.yaml': 'kind: ConfigMap\napiVersion: v1\n' }, /there is no ValidatingAdmissionPolicy in/],
  [{ 'a.yaml': 'kind: [\n' }, /a\.yaml:\d+ is no YAML/],
] as const)('a folder without policies is misuse: %j', async ([files, message]) => {
  const root = makeRepository({ 'app/web.yaml': web });
  await expect(
    validate({ root, paths: ['app'], policies: [makeRepository(files)] }),
  ).rejects.toThrow(message);
});

test('one line that a cluster warns of and another refuses is an error', async () => {
  const cluster = (name: string) => ({
    [`clusters/${name}/cluster.yaml`]: `name: ${name}\nenvironment: ${name}\nkubernetes: "1.34"\n`,
    [`clusters/${name}/flux/app.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: app, namespace: flux-system}
spec: {interval: 1h, prune: true, path: ./app, sourceRef: {kind: GitRepository, name: flux-system}}
`,
    [`policies/environments/${name}/kustomization.yaml`]: 'resources: [policy.yaml, binding.yaml]',
    [`policies/environments/${name}/policy.yaml`]: elsewhere
      .slice(0, elsewhere.indexOf('    - {expression: object.spec.replicsa'))
      .replace('int(params.data.least)', '2')
      .replace(/ {2}paramKind.*\n/, ''),
    [`policies/environments/${name}/binding.yaml`]: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: two}
spec: {policyName: two, validationActions: [${name === 'dev' ? 'Warn' : 'Deny'}]}
`,
  });
  const app = { 'app/kustomization.yaml': 'resources: [web.yaml]', 'app/web.yaml': web };
  const dev = makeRepository({ ...app, ...cluster('dev') });
  const message = 'policies/satisfied policy "two": too few';
  expect(await findings(dev, [])).toEqual([`app/web.yaml:5 warning ${message}`]);
  const both = makeRepository({ ...app, ...cluster('dev'), ...cluster('prod') });
  expect(await findings(both, [])).toEqual([`app/web.yaml:5 error ${message}`]);
  const { findings: part } = await validate({
    root: both,
    paths: ['app'],
    clusters: ['prod'],
    selectRule: ({ id }) => id.startsWith('policies/'),
  });
  expect(part.map(({ severity }) => severity)).toEqual(['error']);
});
