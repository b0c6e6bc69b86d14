import { expect, test } from 'vitest';
import { canonicalQuantity } from '../../scripts/policy/server-quantity.ts';
import { serverView } from '../../scripts/policy/server-view.ts';

test.for([
  [2, '2'],
  ['1024Mi', '1Gi'],
  ['1000m', '1'],
  ['0.5', '500m'],
  ['1500m', '1500m'],
  ['0.5Gi', '512Mi'],
  ['100Mi', '100Mi'],
  ['1000Ki', '1000Ki'],
  ['512Ki', '512Ki'],
  ['2000M', '2G'],
  ['1e3', '1e3'],
  ['0', '0'],
  ['-1000m', '-1'],
  ['a lot', 'a lot'],
] as const)('the quantity %s becomes %s', ([written, canonical]) => {
  expect(canonicalQuantity(written)).toBe(canonical);
});

test('a pod gets defaults and loses what is not stored', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod', annotations: null },
    spec: {
      hostNetwork: false,
      hostUsers: false,
      securityContext: null,
      volumes: [{ name: 'scratch' }, { name: 'files', configMap: { name: 'files' } }],
      containers: [
        {
          name: 'main',
          image: 'main:1',
          resources: { limits: { cpu: 2, memory: '1024Mi' }, requests: { cpu: '0.5' } },
          ports: [{ containerPort: 80, hostPort: 0 }],
          readinessProbe: { httpGet: { port: 80 } },
          securityContext: { privileged: false },
        },
        { name: 'other', image: 'other@sha256:abc' },
        { name: 'third', image: 'registry:5000/third' },
      ],
    },
  };
  const written = structuredClone(object);
  expect(serverView(object)).toMatchObject({
    metadata: { name: 'pod' },
    spec: {
      restartPolicy: 'Always',
      securityContext: {},
      hostUsers: false,
      volumes: [
        { name: 'scratch', emptyDir: {} },
        { name: 'files', configMap: { name: 'files', defaultMode: 420 } },
      ],
      containers: [
        {
          imagePullPolicy: 'IfNotPresent',
          resources: {
            limits: { cpu: '2', memory: '1Gi' },
            requests: { cpu: '500m', memory: '1Gi' },
          },
          ports: [{ containerPort: 80, protocol: 'TCP' }],
          readinessProbe: { httpGet: { path: '/', port: 80, scheme: 'HTTP' }, periodSeconds: 10 },
          securityContext: { privileged: false },
        },
        { imagePullPolicy: 'IfNotPresent', resources: {} },
        { imagePullPolicy: 'Always', resources: {} },
      ],
    },
  });
  const view = JSON.stringify(serverView(object));
  for (const gone of ['hostNetwork', 'hostPort', 'annotations']) expect(view).not.toContain(gone);
  expect(object).toEqual(written);
});

test('hosts ports follow container ports on the host network', () => {
  const containers = [{ name: 'main', image: 'main:1', ports: [{ containerPort: 80 }] }];
  const spec = { template: { spec: { hostNetwork: true, containers } } };
  const view = serverView({ apiVersion: 'apps/v1', kind: 'DaemonSet', spec });
  expect(JSON.stringify(view)).toContain('"hostPort":80');
});

test('what is not built in stays as it is, and so does nonsense', () => {
  const custom = { apiVersion: 'example.com/v1', kind: 'Deployment', spec: { replicas: null } };
  expect(serverView(custom)).toBe(custom);
  for (const spec of [null, 'text', [], { template: 'x', containers: 1, volumes: [1] }]) {
    for (const kind of ['Pod', 'Deployment', 'CronJob', 'Service']) {
      expect(() => serverView({ apiVersion: 'v1', kind, spec })).not.toThrow();
    }
  }
});
