import { dyn, parseType, structType, type Type } from '../cel/types.ts';

function object(name: string, fields: Readonly<Record<string, string | Type>>): Type {
  const declared = Object.entries(fields).map(
    ([field, type]) => [field, typeof type === 'string' ? parseType(type) : type] as const,
  );
  return structType(`kubernetes.${name}`, new Map(declared));
}

const kind = object('GroupVersionKind', { group: 'string', version: 'string', kind: 'string' });
const resource = object('GroupVersionResource', {
  group: 'string',
  version: 'string',
  resource: 'string',
});
const user = object('UserInfo', {
  username: 'string',
  uid: 'string',
  groups: 'list(string)',
  extra: 'map(string, list(string))',
});

/** The type of `request`. */
const request = object('AdmissionRequest', {
  kind,
  resource,
  subResource: 'string',
  requestKind: kind,
  requestResource: resource,
  requestSubResource: 'string',
  name: 'string',
  namespace: 'string',
  operation: 'string',
  userInfo: user,
  dryRun: 'bool',
  options: dyn,
});

/** The type of `namespaceObject`. */
const namespace = object('Namespace', {
  metadata: object('NamespaceMetadata', {
    name: 'string',
    generateName: 'string',
    namespace: 'string',
    labels: 'map(string, string)',
    annotations: 'map(string, string)',
    UID: 'string',
    creationTimestamp: 'timestamp',
    deletionGracePeriodSeconds: 'int',
    deletionTimestamp: 'timestamp',
    generation: 'int',
    resourceVersion: 'string',
    finalizers: 'list(string)',
  }),
  spec: object('NamespaceSpec', { finalizers: 'list(string)' }),
  status: object('NamespaceStatus', { phase: 'string' }),
});

/** The variables of a policy's expressions; `params` exists only where the policy has a kind for it. */
export function policyVariables(hasParams: boolean): Record<string, Type> {
  return {
    object: dyn,
    oldObject: dyn,
    request,
    namespaceObject: namespace,
    authorizer: parseType('kubernetes.authorization.Authorizer'),
    ...(hasParams && { params: dyn }),
  };
}
