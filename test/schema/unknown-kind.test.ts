import { expect, test } from 'vitest';
import { resourceOf } from '../../scripts/schema/resources.ts';
import { unknownKind } from '../../scripts/schema/unknown-kind.ts';

test.for<[string, string, string, string, string | undefined]>([
  [
    'apps/v1',
    'Deploymnet',
    'kind',
    'no kind "Deploymnet" in apps/v1 of Kubernetes 1.34',
    'Did you mean "Deployment"?',
  ],
  [
    'v1',
    'Deployment',
    'apiVersion',
    'no kind "Deployment" in v1 of Kubernetes 1.34',
    'Deployment is in apps/v1.',
  ],
  [
    'apps/v2',
    'Deployment',
    'apiVersion',
    'Kubernetes 1.34 has no apps/v2',
    'Deployment is in apps/v1.',
  ],
  [
    'extensions/v1beta1',
    'Ingress',
    'apiVersion',
    'extensions/v1beta1 Ingress was removed in Kubernetes 1.22',
    'Use networking.k8s.io/v1.',
  ],
  [
    'policy/v1beta1',
    'PodSecurityPolicy',
    'apiVersion',
    'policy/v1beta1 PodSecurityPolicy was removed in Kubernetes 1.25',
    undefined,
  ],
  [
    'networking.k8s.io/v1',
    'Gateway',
    'apiVersion',
    'no kind "Gateway" in networking.k8s.io/v1 of Kubernetes 1.34',
    'Gateway is in gateway.networking.k8s.io/v1.',
  ],
])('%s %s', ([apiVersion, kind, field, message, fix]) => {
  const problem = unknownKind(apiVersion, kind, '1.34');
  expect(problem).toEqual({ path: [field], message, ...(fix ? { fix } : {}) });
});

test.for<[string, string, string]>([
  ['apps/v1', 'Deployment', '1.34'],
  ['v1', 'List', '1.34'],
  ['example.com/v1', 'Anything', '1.34'],
  ['gateway.networking.k8s.io/v1', 'Gateway', '1.34'],
  // A version that the catalogue lacks may have kinds that its neighbours lack.
  ['apps/v1', 'Newcomer', '1.99'],
])('%s %s may be in Kubernetes %s', ([apiVersion, kind, kubernetes]) => {
  expect(unknownKind(apiVersion, kind, kubernetes)).toBeUndefined();
});

test.for<[string, string, string | undefined, boolean | undefined]>([
  ['apps/v1', 'Deployment', 'deployments', true],
  ['v1', 'Namespace', 'namespaces', false],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', true],
  ['external-secrets.io/v1', 'ClusterSecretStore', 'clustersecretstores', false],
  ['source.toolkit.fluxcd.io/v1', 'GitRepository', 'gitrepositories', true],
  ['apps/v1', 'DeploymentList', undefined, undefined],
  ['apps/v1', 'toString', undefined, undefined],
  ['example.com/v1', 'Anything', undefined, undefined],
])('the resource of %s %s', ([apiVersion, kind, plural, namespaced]) => {
  const resource = plural === undefined ? undefined : { plural, namespaced };
  expect(resourceOf(apiVersion, kind, '1.34')).toEqual(resource);
});
