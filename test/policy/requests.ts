import { compilePolicy } from '../../scripts/policy/compile-policy.ts';
import { decide, type Violation } from '../../scripts/policy/decide.ts';
import type {
  AdmissionRequest,
  BindingSpec,
  KubernetesObject,
  MatchResources,
  PolicySpec,
} from '../../scripts/policy/types.ts';

/** A Deployment that a test changes where it matters. */
export const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
};

/** The request that creates the Deployment in its namespace. */
export const creation: AdmissionRequest = {
  operation: 'CREATE',
  object: deployment,
  resource: { group: 'apps', version: 'v1', resource: 'deployments' },
  namespaced: true,
  namespace: {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: { tier: 'web' } },
  },
};

/** Constraints that cover Deployments and nothing else. */
export const deployments: MatchResources = {
  resourceRules: [
    {
      apiGroups: ['apps'],
      apiVersions: ['v1'],
      operations: ['CREATE', 'UPDATE'],
      resources: ['deployments'],
    },
  ],
};

/** What one policy with one binding says. */
export function judge(
  spec: PolicySpec,
  {
    binding = { validationActions: ['Deny'] },
    request = creation,
    params = [],
  }: {
    readonly binding?: BindingSpec;
    readonly request?: AdmissionRequest;
    readonly params?: readonly KubernetesObject[];
  } = {},
): Violation[] {
  const policy = compilePolicy({ matchConstraints: deployments, ...spec });
  const bindings = [{ name: 'everywhere', spec: binding }];
  return decide([{ name: 'policy', policy, bindings }], request, params);
}

/** The messages of what one policy says, each with its kind. */
export function messages(...args: Parameters<typeof judge>): string[] {
  return judge(...args).map(({ kind, message }) => `${kind}: ${message}`);
}
