import { flows, noFlows, platform } from './flows.ts';
import { alerts, panels } from './monitoring.ts';
import { secretKeys } from './secrets.ts';
import { container, every, everywhere, exactly, has, type Row } from './system.ts';

const worker = 'pdf-processor-worker';
const ingest = 'go-ingest-service';
const outside = { ip: '203.0.113.7' };

/** §3: the workloads, what they are told, and who reaches whom. */
export const rows: readonly Row[] = [
  {
    says: 'worker and ingest',
    check: every(
      container('Deployment', worker, {
        name: 'worker',
        image: /^registry\.example\.com\/pdf-processor@sha256:/,
        ports: exactly(
          { name: 'grpc', containerPort: 50052 },
          { name: 'metrics', containerPort: 8000 },
        ),
      }),
      container('Deployment', ingest, { ports: [{ name: 'grpc', containerPort: 50051 }] }),
    ),
  },
  {
    says: 'services; that of the workers is headless',
    environments: everywhere,
    check: every(
      has('Service', worker, {
        spec: { clusterIP: 'None', ports: exactly({ port: 50052, targetPort: 'grpc' }) },
      }),
      has('Service', ingest, { spec: { ports: exactly({ port: 50051 }) } }),
      has('Service', 'redis-service', { spec: { ports: exactly({ port: 6379 }) } }),
      has('Service', 'minio-service', { spec: { ports: exactly({ port: 9000 }) } }),
    ),
  },
  {
    says: 'environment of the worker',
    environments: everywhere,
    check: every(
      has('ConfigMap', 'pdf-processor-config', {
        data: {
          REDIS_URL: 'redis://redis-service:6379/0',
          REDIS_QUEUE_NAME: 'queue:upload_tasks',
          GO_GRPC_INGEST_ADDR: 'go-ingest-service:50051',
          GRPC_SERVER_PORT: '50052',
          BUCKET_ENDPOINT: 'http://minio-service:9000',
        },
      }),
      container('Deployment', worker, {
        env: ['REDIS_PASSWORD', 'BUCKET_ACCESS_ID', 'BUCKET_ACCESS_KEY'].map((name) => ({
          name,
          valueFrom: { secretKeyRef: { key: name } },
        })),
        envFrom: [{ configMapRef: { name: /^pdf-processor-config-/ } }],
      }),
      secretKeys(
        'pdf-processor-secrets',
        'REDIS_PASSWORD',
        'BUCKET_ACCESS_ID',
        'BUCKET_ACCESS_KEY',
        'MINIO_ROOT_USER',
        'MINIO_ROOT_PASSWORD',
      ),
    ),
  },
  {
    says: 'network',
    environments: everywhere,
    check: every(
      has('NetworkPolicy', 'pdf-processor-network-policy'),
      flows([ingest, worker, 50052], [worker, ingest, 50051]),
      flows([worker, 'redis', 6379], [worker, 'minio', 9000], [worker, platform.dns, 53]),
      flows([ingest, 'redis', 6379], [ingest, 'minio', 9000]),
      flows(['minio-setup', 'minio', 9000], ['minio-backup', 'minio', 9000]),
      flows(['redis-backup', 'redis', 6379], ['redis-backup', outside, 443]),
      flows(['minio-backup', outside, 443], [platform.prometheus, worker, 8000]),
      noFlows(['redis', worker, 50052], [worker, outside, 443], [ingest, outside, 443]),
      noFlows([{ namespace: 'default' }, ingest, 50051], ['minio-backup', 'redis', 6379]),
    ),
  },
  {
    says: 'availability',
    environments: everywhere,
    check: has('PodDisruptionBudget', 'pdf-processor-pdb', { spec: { minAvailable: 1 } }),
  },
  {
    says: 'backups of both stores',
    environments: everywhere,
    check: every(
      ...['redis-backup', 'minio-backup'].map((name) =>
        has('CronJob', name, {
          spec: {
            jobTemplate: {
              spec: {
                template: { spec: { containers: [{ image: /^docker\.io\/rclone\/rclone/ }] } },
              },
            },
          },
        }),
      ),
    ),
  },
  {
    says: 'metrics, alerts and the panels the guide names',
    environments: everywhere,
    check: every(
      has('PodMonitor', worker, { spec: { podMetricsEndpoints: [{ port: 'metrics' }] } }),
      alerts('pdf_tasks_failed_total', 'pdf_processing_duration_seconds', 'pdf_queue_length'),
      panels({
        'task rate': 'pdf_tasks_processed_total',
        'failure rate': 'pdf_tasks_failed_total',
        'queue length': 'pdf_queue_length',
        'processing time': 'pdf_processing_duration_seconds_bucket',
        'gRPC latency': 'grpc_server_handling_seconds_bucket',
        'worker CPU': 'container_cpu_usage_seconds_total',
        'worker memory': 'container_memory_working_set_bytes',
        restarts: 'kube_pod_container_status_restarts_total',
        quota: 'kube_resourcequota',
        'age of backups': 'kube_cronjob_status_last_successful_time',
      }),
    ),
  },
];
