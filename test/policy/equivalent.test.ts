import { expect, test } from 'vitest';
import { validate } from '../../scripts/index.ts';
import type { MatchResources } from '../../scripts/policy/types.ts';
import { makeRepository } from '../repository.ts';
import { creation, deployments, messages } from './requests.ts';

test('an equivalent version is covered unless the policy wants the exact one', () => {
  const other = { group: 'apps', version: 'v1beta1', resource: 'deployments' };
  const request = { ...creation, equivalents: [{ ...other, isSame: true }] };
  const old = rule({ apiVersions: ['v1beta1'] });
  const spec = {
    validations: [
      { expression: "object.apiVersion == 'apps/v1'", message: 'converted' },
      { expression: "request.resource.version == 'v1'", message: 'as the policy names it' },
      { expression: "request.requestKind.version != 'v1'", message: 'as it was asked for' },
    ],
  };
  expect(messages({ ...spec, matchConstraints: old }, { request })).toEqual([
    'denied: converted',
    'denied: as the policy names it',
    'denied: as it was asked for',
  ]);
  const matchConstraints = { ...old, matchPolicy: 'Exact' } as const;
  expect(messages({ ...spec, matchConstraints }, { request })).toEqual([]);
  const unlike = { ...creation, equivalents: [other] };
  expect(messages({ ...spec, matchConstraints: old }, { request: unlike })).toEqual([
    'undecidable: it is about another version of Deployment than apps/v1',
  ]);
});

test('an autoscaler of the first version is seen as one of the second', () => {
  const resource = { group: 'autoscaling', resource: 'horizontalpodautoscalers' };
  const object = {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { maxReplicas: 4, targetCPUUtilizationPercentage: 70 },
  };
  const request = {
    ...creation,
    object,
    resource: { ...resource, version: 'v1' },
    equivalents: [{ ...resource, version: 'v2' }],
  };
  const spec = {
    matchConstraints: rule({
      apiGroups: ['autoscaling'],
      apiVersions: ['v2'],
      resources: ['horizontalpodautoscalers'],
    }),
    validations: [
      {
        expression: 'false',
        messageExpression:
          "string(object.spec.minReplicas) + ' to ' + string(object.spec.maxReplicas) + ' at ' + string(object.spec.metrics[0].resource.target.averageUtilization)",
      },
    ],
  };
  expect(messages(spec, { request })).toEqual(['denied: 1 to 4 at 70']);
  const { targetCPUUtilizationPercentage: _, ...unmeasured } = object.spec;
  const usual = { ...request, object: { ...object, spec: unmeasured } };
  expect(messages(spec, { request: usual })).toEqual(['denied: 1 to 4 at 80']);
  const annotations = { 'autoscaling.alpha.kubernetes.io/metrics': '[]' };
  const odd = { ...object, metadata: { ...object.metadata, annotations } };
  expect(messages(spec, { request: { ...request, object: odd } })).toEqual([
    'undecidable: it is about another version of HorizontalPodAutoscaler than autoscaling/v1',
  ]);
});

const autoscaled = `apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  minReplicas: 1
  maxReplicas: 4
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
`;
const many = (name: string) => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: ${name}}
spec:
  matchConstraints:
    resourceRules:
      - apiGroups: [autoscaling]
        apiVersions: [v2]
        operations: [CREATE]
        resources: [horizontalpodautoscalers]
  validations:
    - {expression: object.spec.minReplicas > 1, message: ${name}}
`;

test('an older version escapes no policy, and policies keep their fingerprints', async () => {
  const root = makeRepository({
    'app/kustomization.yaml': 'resources: [web.yaml]',
    'app/web.yaml': autoscaled,
  });
  const told = async (...names: string[]) => {
    const policies = makeRepository(Object.fromEntries(names.map((n) => [`${n}.yaml`, many(n)])));
    const selectRule = ({ id }: { readonly id: string }) => id === 'policies/satisfied';
    const { findings: found } = await validate({ root, policies: [policies], selectRule });
    return new Map(
      found.map(({ message, location: { line }, fingerprint }) => [
        `${line} ${message}`,
        fingerprint,
      ]),
    );
  };
  const [both, second] = [await told('first', 'second'), await told('second')];
  expect([...both.keys()]).toEqual(['5 policy "first": first', '5 policy "second": second']);
  expect(both.get('5 policy "second": second')).toBe(second.get('5 policy "second": second'));
});

function rule(part: object): MatchResources {
  const [whole] = deployments.resourceRules ?? [];
  return { resourceRules: [{ ...whole, ...part }] };
}
