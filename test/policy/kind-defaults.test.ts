import { expect, test } from 'vitest';
import { serverView } from '../../scripts/policy/server-view.ts';

const cpu = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};

test.for([
  [
    'apps/v1',
    'Deployment',
    {},
    {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
    },
  ],
  [
    'apps/v1',
    'Deployment',
    { replicas: 0, revisionHistoryLimit: 0, strategy: { type: 'Recreate' } },
    {
      replicas: 0,
      revisionHistoryLimit: 0,
      progressDeadlineSeconds: 600,
      strategy: { type: 'Recreate' },
    },
  ],
  [
    'apps/v1',
    'StatefulSet',
    { volumeClaimTemplates: [{ spec: { resources: { requests: { storage: '1024Mi' } } } }] },
    {
      replicas: 1,
      revisionHistoryLimit: 10,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      volumeClaimTemplates: [
        { spec: { volumeMode: 'Filesystem', resources: { requests: { storage: '1Gi' } } } },
      ],
    },
  ],
  [
    'apps/v1',
    'DaemonSet',
    { updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } } },
    {
      revisionHistoryLimit: 10,
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 0, maxUnavailable: '10%' },
      },
    },
  ],
  [
    'batch/v1',
    'Job',
    {},
    {
      completions: 1,
      parallelism: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
    },
  ],
  [
    'batch/v1',
    'Job',
    { parallelism: 2 },
    { parallelism: 2, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false },
  ],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', {}, { minReplicas: 1, metrics: [cpu] }],
  [
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    { minReplicas: 2, metrics: [{ type: 'Pods' }] },
    { minReplicas: 2, metrics: [{ type: 'Pods' }] },
  ],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    { egress: [{ ports: [{ port: 53 }] }] },
    { policyTypes: ['Ingress', 'Egress'], egress: [{ ports: [{ port: 53, protocol: 'TCP' }] }] },
  ],
  ['networking.k8s.io/v1', 'NetworkPolicy', {}, { policyTypes: ['Ingress'] }],
  [
    'v1',
    'Service',
    { ports: [{ port: 80 }] },
    {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
    },
  ],
  [
    'v1',
    'Service',
    { type: 'LoadBalancer' },
    {
      type: 'LoadBalancer',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      externalTrafficPolicy: 'Cluster',
      allocateLoadBalancerNodePorts: true,
    },
  ],
  [
    'v1',
    'PersistentVolume',
    { capacity: { storage: '1024Gi' } },
    {
      persistentVolumeReclaimPolicy: 'Retain',
      volumeMode: 'Filesystem',
      capacity: { storage: '1Ti' },
    },
  ],
] as const)('%s %s with %j', ([apiVersion, kind, spec, wanted]) => {
  expect(serverView({ apiVersion, kind, spec }).spec).toEqual(wanted);
});

test('what has no spec gets its defaults too', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const labels = { 'kubernetes.io/metadata.name': 'shop' };
  expect(serverView(namespace).metadata).toEqual({ name: 'shop', labels });
  const secret = { apiVersion: 'v1', kind: 'Secret', data: { a: 'YQ==' }, stringData: { b: 'b' } };
  const stored = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    data: { a: 'YQ==', b: 'Yg==' },
  };
  expect(serverView(secret)).toEqual(stored);
  const apiGroup = 'rbac.authorization.k8s.io';
  const binding = {
    apiVersion: `${apiGroup}/v1`,
    kind: 'RoleBinding',
    roleRef: { kind: 'Role', name: 'a' },
    subjects: [
      { kind: 'ServiceAccount', name: 'a' },
      { kind: 'Group', name: 'b' },
    ],
  };
  expect(serverView(binding)).toMatchObject({
    roleRef: { apiGroup },
    subjects: [
      { kind: 'ServiceAccount', name: 'a' },
      { kind: 'Group', apiGroup },
    ],
  });
  expect(JSON.stringify(serverView(binding)).split(apiGroup)).toHaveLength(4);
});

test('a service account has two names', () => {
  for (const field of ['serviceAccount', 'serviceAccountName']) {
    const pod = { apiVersion: 'v1', kind: 'Pod', spec: { [field]: 'web' } };
    const names = { serviceAccount: 'web', serviceAccountName: 'web' };
    expect(serverView(pod).spec).toMatchObject(names);
  }
  expect(JSON.stringify(serverView({ apiVersion: 'v1', kind: 'Pod', spec: {} }))).not.toContain(
    'serviceAccount',
  );
});
