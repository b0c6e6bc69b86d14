import { alerts, panels } from './monitoring.ts';
import { secretKeys } from './secrets.ts';
import {
  container,
  every,
  everywhere,
  exactly,
  has,
  hasNo,
  type Row,
  type System,
} from './system.ts';

const size = {
  requests: { cpu: '1000m', memory: '1Gi' },
  limits: { cpu: '2000m', memory: '2Gi' },
};

const workloads = {
  'api-service': { container: 'api', image: 'ai-grading-api' },
  'orchestration-worker': { container: 'worker', image: 'ai-grading-worker' },
  'cognitive-worker': { container: 'worker', image: 'ai-grading-worker' },
};

function target(name: string) {
  return { spec: { scaleTargetRef: { kind: 'Deployment', name } } };
}

function labels(app: string) {
  return { spec: { template: { metadata: { labels: { app } } } } };
}

/** §1: the workloads, how they scale, and what they are told. */
export const rows: readonly Row[] = [
  {
    says: 'images and resources of the API and the workers',
    check: every(
      ...Object.entries(workloads).map(([name, one]) =>
        container('Deployment', name, {
          name: one.container,
          image: new RegExp(`^registry\\.example\\.com/${one.image}@sha256:`),
          resources: size,
        }),
      ),
      ...['postgres', 'redis', 'minio'].map((name) =>
        container('StatefulSet', name, { resources: size }),
      ),
    ),
  },
  {
    says: 'API',
    environments: everywhere,
    check: every(
      has('Service', 'api-service', {
        spec: { ports: exactly({ port: 80, targetPort: 'http' }) },
      }),
      container('Deployment', 'api-service', { ports: [{ name: 'http', containerPort: 8000 }] }),
      has('Deployment', 'api-service', labels('api-service')),
    ),
  },
  {
    says: 'cognitive worker',
    environments: everywhere,
    check: every(
      has('Deployment', 'cognitive-worker', labels('cognitive-worker')),
      container('Deployment', 'cognitive-worker', {
        env: [{ name: 'TEMPORAL_TASK_QUEUE', value: 'vision-compute-queue' }],
      }),
    ),
  },
  {
    says: 'at least 3 APIs and 2 of each worker',
    check: every(
      has('HorizontalPodAutoscaler', 'api-service', {
        spec: { minReplicas: 3, maxReplicas: 10, ...target('api-service').spec },
      }),
      has('Deployment', 'orchestration-worker', { spec: { replicas: 2 } }),
      has('ScaledObject', 'cognitive-worker-scaler', { spec: { minReplicaCount: 2 } }),
    ),
  },
  {
    says: 'KEDA scales the cognitive worker by its queue',
    environments: ['staging', 'prod'],
    check: every(
      has('ScaledObject', 'cognitive-worker-scaler', {
        spec: {
          ...target('cognitive-worker').spec,
          triggers: exactly({
            type: 'temporal',
            metadata: {
              endpoint: 'temporal-frontend.temporal:7233',
              taskQueue: 'vision-compute-queue',
            },
          }),
        },
      }),
      hasNo('HorizontalPodAutoscaler', 'cognitive-worker'),
    ),
  },
  {
    says: 'an HPA scales the cognitive worker where there is no KEDA',
    environments: ['dev'],
    check: every(
      has('HorizontalPodAutoscaler', 'cognitive-worker', target('cognitive-worker')),
      hasNo('ScaledObject'),
    ),
  },
  {
    says: 'config',
    environments: everywhere,
    check: every(
      has('ConfigMap', 'grading-config', {
        data: { TEMPORAL_HOST: 'temporal-frontend.temporal:7233' },
      }),
      ...Object.keys(workloads).map((name) =>
        container('Deployment', name, {
          envFrom: [{ configMapRef: { name: /^grading-config-/ } }],
        }),
      ),
    ),
  },
  {
    says: 'secrets',
    environments: everywhere,
    check: every(
      has('SecretStore', 'aws-secrets-manager', {
        spec: {
          provider: { aws: { auth: { jwt: { serviceAccountRef: { name: /secrets-reader$/ } } } } },
        },
      }),
      secretKeys(
        'grading-secrets',
        'GEMINI_API_KEY',
        'LLM_API_KEY',
        'POSTGRES_PASSWORD',
        'REDIS_PASSWORD',
        'S3_ACCESS_KEY',
        'S3_SECRET_KEY',
        'DATABASE_URL',
        'REDIS_URL',
      ),
      (system: System) =>
        has('ExternalSecret', 'grading-secrets', {
          spec: {
            refreshInterval: '1h',
            secretStoreRef: { kind: 'SecretStore', name: 'aws-secrets-manager' },
            data: [
              {
                secretKey: 'GEMINI_API_KEY',
                remoteRef: { key: `${system.environment}/grading/gemini-api-key` },
              },
            ],
          },
        })(system),
    ),
  },
  {
    says: 'monitoring',
    environments: everywhere,
    check: every(
      has('ServiceMonitor', 'grading-system-api'),
      has('PodMonitor', 'grading-system-workers'),
      alerts('http_requests_total', 'kube_cronjob_status_last_successful_time'),
      panels({
        'request rate': 'http_requests_total',
        latency: 'http_request_duration_seconds_bucket',
        'failed activities': 'temporal_activity_execution_failed',
        'free task slots': 'temporal_worker_task_slots_available',
        'ready stores': 'kube_statefulset_status_replicas_ready',
        'volume use': 'kubelet_volume_stats_available_bytes',
        'age of backups': 'kube_cronjob_status_last_successful_time',
        CPU: 'container_cpu_usage_seconds_total',
        memory: 'container_memory_working_set_bytes',
        restarts: 'kube_pod_container_status_restarts_total',
      }),
    ),
  },
  {
    says: 'the length of the queue on the dashboard',
    environments: ['staging', 'prod'],
    check: panels({ queue: 'keda_scaler_metrics_value' }),
  },
];
