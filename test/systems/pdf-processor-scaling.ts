import { flows, platform } from './flows.ts';
import { container, every, everywhere, exactly, has, hasNo, type Row } from './system.ts';

const worker = 'pdf-processor-worker';
const target = { scaleTargetRef: { kind: 'Deployment', name: worker } };

/** §3: how many workers of which size, and what the namespace may use. */
export const rows: readonly Row[] = [
  {
    says: 'dev: a fixed fleet of 2 small workers',
    environments: ['dev'],
    check: every(
      has('Deployment', worker, { spec: { replicas: 2 } }),
      hasNo('HorizontalPodAutoscaler'),
      hasNo('ScaledObject'),
      sized(['250m', '512Mi'], ['1000m', '2Gi']),
    ),
  },
  {
    says: 'staging: an HPA at 70 % CPU, 3 to 5 medium workers',
    environments: ['staging'],
    check: every(
      has('HorizontalPodAutoscaler', 'pdf-processor-hpa', {
        spec: {
          ...target,
          minReplicas: 3,
          maxReplicas: 5,
          metrics: exactly({
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
          }),
        },
      }),
      hasNo('ScaledObject'),
      sized(['500m', '1Gi'], ['2000m', '4Gi']),
    ),
  },
  {
    says: 'prod: KEDA by the queue, 5 to 20 big workers',
    check: every(
      has('ScaledObject', 'pdf-processor-scaler', {
        spec: {
          ...target,
          minReplicaCount: 5,
          maxReplicaCount: 20,
          triggers: exactly({
            type: 'redis',
            metadata: { listName: 'queue:upload_tasks', listLength: '5' },
            authenticationRef: { name: 'pdf-processor-redis' },
          }),
        },
      }),
      has('TriggerAuthentication', 'pdf-processor-redis'),
      hasNo('HorizontalPodAutoscaler'),
      sized(['1000m', '2Gi'], ['4000m', '8Gi']),
      flows([platform.keda, 'redis', 6379]),
    ),
  },
  {
    says: 'quota',
    environments: ['dev', 'staging'],
    check: quota(['20', '40Gi'], ['40', '80Gi'], '50'),
  },
  {
    says: 'the quota of the high tier fits its maximum',
    check: quota(['44', '88Gi'], ['176', '352Gi'], '60'),
  },
  {
    says: 'limit range',
    environments: everywhere,
    check: has('LimitRange', 'pdf-processor-limits', { spec: { limits: [{ type: 'Container' }] } }),
  },
];

function sized(requests: readonly [string, string], limits: readonly [string, string]) {
  return container('Deployment', worker, {
    resources: {
      requests: { cpu: requests[0], memory: requests[1] },
      limits: { cpu: limits[0], memory: limits[1] },
    },
  });
}

function quota(
  requests: readonly [string, string],
  limits: readonly [string, string],
  pods: string,
) {
  return has('ResourceQuota', 'pdf-processor-quota', {
    spec: {
      hard: {
        'requests.cpu': requests[0],
        'requests.memory': requests[1],
        'limits.cpu': limits[0],
        'limits.memory': limits[1],
        pods,
      },
    },
  });
}
