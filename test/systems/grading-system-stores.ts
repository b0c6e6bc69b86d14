import { flows, noFlows, platform } from './flows.ts';
import { absent, container, every, everywhere, exactly, has, hasNo, type Row } from './system.ts';

const apps = ['api-service', 'orchestration-worker', 'cognitive-worker'];
const backups = { 'backup-postgres': 'postgres', 'backup-redis': 'redis', 'backup-minio': 'minio' };
const stores = { postgres: 5432, redis: 6379, minio: 9000 };
const outside = { ip: '203.0.113.7' };
const temporal = { namespace: 'temporal' };
const solver = {
  namespace: 'grading-system',
  labels: { 'acme.cert-manager.io/http01-solver': 'true' },
};

function backup(name: string, steps: Readonly<Record<string, unknown>>) {
  return has('CronJob', name, {
    spec: {
      schedule: /^\d+ \d+ \* \* \*$/,
      suspend: absent,
      jobTemplate: { spec: { template: { spec: steps } } },
    },
  });
}

const upload = {
  image: /^docker\.io\/rclone\/rclone@sha256:/,
  envFrom: [{ configMapRef: { name: /^grading-backup-/ } }],
};

function dumpWith(image: RegExp, env: readonly unknown[]) {
  return { initContainers: exactly({ image, env }), containers: exactly(upload) };
}

function fromSecret(name: string, key: string) {
  return { name, valueFrom: { secretKeyRef: { name: 'grading-secrets', key } } };
}

/** §1: the stores, their backups, and the network. */
export const rows: readonly Row[] = [
  {
    says: 'PostgreSQL, Redis with persistence, MinIO',
    environments: everywhere,
    check: every(
      container('StatefulSet', 'postgres', {
        env: [
          { name: 'POSTGRES_DB', value: 'grading_system' },
          { name: 'POSTGRES_USER', value: 'grading_user' },
          fromSecret('POSTGRES_PASSWORD', 'POSTGRES_PASSWORD'),
        ],
      }),
      has('Service', 'postgres-service', { spec: { ports: exactly({ port: 5432 }) } }),
      has('Service', 'redis-service', { spec: { ports: exactly({ port: 6379 }) } }),
      has('Service', 'minio-service', { spec: { ports: exactly({ port: 9000 }) } }),
      has('ConfigMap', 'grading-redis', { data: { 'redis.conf': /^appendonly yes$/m } }),
      ...Object.keys(stores).map((name) =>
        has('StatefulSet', name, {
          spec: {
            volumeClaimTemplates: [{ spec: { resources: { requests: { storage: /Gi$/ } } } }],
          },
        }),
      ),
      has('ExternalSecret', 'grading-secrets', {
        spec: {
          target: {
            template: {
              data: {
                DATABASE_URL:
                  /^postgresql:\/\/grading_user:.+@postgres-service:5432\/grading_system$/,
                REDIS_URL: /@redis-service:6379\//,
              },
            },
          },
        },
      }),
    ),
  },
  {
    says: 'scheduled backups of all three',
    environments: everywhere,
    check: every(
      backup(
        'backup-postgres',
        dumpWith(/^docker\.io\/library\/postgres@/, [
          { name: 'PGHOST', value: 'postgres-service' },
          { name: 'PGDATABASE', value: 'grading_system' },
          fromSecret('PGPASSWORD', 'POSTGRES_PASSWORD'),
        ]),
      ),
      backup(
        'backup-redis',
        dumpWith(/^docker\.io\/library\/redis@/, [fromSecret('REDISCLI_AUTH', 'REDIS_PASSWORD')]),
      ),
      backup('backup-minio', {
        containers: exactly({
          ...upload,
          env: [fromSecret('RCLONE_CONFIG_MINIO_SECRET_ACCESS_KEY', 'S3_SECRET_KEY')],
        }),
      }),
      has('ConfigMap', 'grading-backup', {
        data: { BACKUP_BUCKET: /./, BACKUP_RETENTION: /^\d+d$/ },
      }),
    ),
  },
  {
    says: 'backups are kept 30 days',
    check: has('ConfigMap', 'grading-backup', { data: { BACKUP_RETENTION: '30d' } }),
  },
  {
    says: 'ingress with an allow-list',
    check: has('Ingress', 'grading-ingress', {
      metadata: {
        annotations: {
          'nginx.ingress.kubernetes.io/whitelist-source-range': /^\d+\.\d+\.\d+\.\d+\/\d+/,
        },
      },
      spec: {
        ingressClassName: 'nginx',
        tls: exactly({ hosts: ['grading.example.com'] }),
        rules: exactly({ host: 'grading.example.com' }),
      },
    }),
  },
  {
    says: 'who reaches the stores and Temporal',
    environments: everywhere,
    check: every(
      ...apps.map((app) =>
        every(
          flows([app, temporal, 7233]),
          ...Object.entries(stores).map(([store, port]) => flows([app, store, port])),
          noFlows([app, temporal, 5432]),
        ),
      ),
      ...Object.entries(backups).map(([name, store]) =>
        flows([name, store, stores[store as keyof typeof stores]], [name, outside, 443]),
      ),
      noFlows(['postgres', 'redis', 6379], ['postgres', outside, 443]),
      noFlows([{ namespace: 'default' }, 'postgres', 5432], [platform.nginx, 'minio', 9000]),
    ),
  },
  {
    says: 'who reaches the API and the language models',
    environments: everywhere,
    check: every(
      flows([platform.nginx, 'api-service', 8000], [platform.nginx, solver, 8089]),
      flows(['cognitive-worker', outside, 443]),
      noFlows(['api-service', outside, 443], ['orchestration-worker', outside, 443]),
      ...apps.map((app) => flows([platform.prometheus, app, 8000])),
      noFlows([platform.nginx, 'cognitive-worker', 8000]),
    ),
  },
  {
    says: 'Temporal is deployed separately',
    environments: everywhere,
    check: every(hasNo('Deployment', 'temporal-frontend'), hasNo('Service', 'temporal-frontend')),
  },
];
