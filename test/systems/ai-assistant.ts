import { secretKeys } from './secrets.ts';
import { container, every, everywhere, exactly, has, type Row } from './system.ts';

const colours = ['blue', 'green'] as const;

function onEach(check: (deployment: string) => ReturnType<typeof has>) {
  return every(...colours.map((colour) => check(`ai-assistant-${colour}`)));
}

/** §2: the workloads, what they are told and what they are trusted with. */
export const rows: readonly Row[] = [
  {
    says: 'API',
    check: onEach((name) =>
      every(
        container('Deployment', name, {
          name: 'api',
          image: /^registry\.example\.com\/ai-assistant@sha256:/,
          imagePullPolicy: 'Always',
          ports: exactly({ name: 'http', containerPort: 8000 }),
        }),
        has('Deployment', name, {
          spec: {
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
            template: {
              metadata: {
                annotations: {
                  'prometheus.io/scrape': 'true',
                  'prometheus.io/port': '8000',
                  'prometheus.io/path': '/metrics',
                },
              },
              spec: { terminationGracePeriodSeconds: 60 },
            },
          },
        }),
      ),
    ),
  },
  {
    says: 'version',
    environments: ['dev', 'staging'],
    check: onEach((name) =>
      container('Deployment', name, { image: 'registry.example.com/ai-assistant:v1.0.0' }),
    ),
  },
  {
    says: 'probes',
    environments: everywhere,
    check: onEach((name) =>
      container('Deployment', name, {
        livenessProbe: probe('/health', 30, 10, 3),
        readinessProbe: probe('/ready', 5, 5, 3),
        startupProbe: probe('/health', 10, 10, 30),
      }),
    ),
  },
  {
    says: 'resources',
    check: onEach((name) =>
      container('Deployment', name, {
        resources: {
          requests: { cpu: '250m', memory: '512Mi' },
          limits: { cpu: '1000m', memory: '2Gi' },
        },
      }),
    ),
  },
  {
    says: 'config',
    check: has('ConfigMap', 'ai-assistant-config', {
      data: {
        LOG_LEVEL: 'INFO',
        CORS_ORIGINS: 'https://your-domain.com',
        DEFAULT_MODEL: 'deepseek-chat',
        MAX_TOKENS: '4096',
        VECTOR_DB_HOST: 'milvus-service',
        VECTOR_DB_PORT: '19530',
        CHUNK_SIZE: '512',
        LANGFUSE_HOST: 'https://langfuse.your-domain.com',
        PROMETHEUS_ENABLED: 'true',
      },
    }),
  },
  {
    says: 'config and secrets reach the containers',
    check: onEach((name) =>
      container('Deployment', name, {
        envFrom: [
          { configMapRef: { name: /^ai-assistant-config-/ } },
          { secretRef: { name: 'ai-assistant-secrets' } },
        ],
      }),
    ),
  },
  {
    says: 'secrets',
    environments: everywhere,
    check: secretKeys(
      'ai-assistant-secrets',
      'OPENAI_API_KEY',
      'DEEPSEEK_API_KEY',
      'DATABASE_URL',
      'REDIS_URL',
      'LANGFUSE_PUBLIC_KEY',
      'LANGFUSE_SECRET_KEY',
    ),
  },
  {
    says: 'secret store',
    environments: everywhere,
    check: every(
      has('SecretStore', 'aws-secrets-manager', { spec: { provider: { aws: {} } } }),
      has('ExternalSecret', 'ai-assistant-secrets', {
        spec: {
          refreshInterval: '1h',
          secretStoreRef: { kind: 'SecretStore', name: 'aws-secrets-manager' },
        },
      }),
    ),
  },
  {
    says: 'blue-green: one colour is live, the idle one is kept',
    environments: everywhere,
    check: every(
      ...colours.map((color) =>
        has('Deployment', `ai-assistant-${color}`, {
          spec: {
            selector: { matchLabels: { color } },
            template: { metadata: { labels: { color } } },
          },
        }),
      ),
      has('Service', 'ai-assistant-service', { spec: { selector: { color: 'blue' } } }),
      has('HorizontalPodAutoscaler', 'ai-assistant-hpa-idle', {
        spec: { scaleTargetRef: { name: 'ai-assistant-green' } },
      }),
    ),
  },
];

function probe(path: string, delay: number, period: number, failures: number) {
  return {
    httpGet: { path, port: 'http' },
    initialDelaySeconds: delay,
    periodSeconds: period,
    failureThreshold: failures,
  };
}
