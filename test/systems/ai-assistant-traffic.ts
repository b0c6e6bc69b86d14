import { flows, noFlows, platform } from './flows.ts';
import { alerts, panels } from './monitoring.ts';
import { every, everywhere, exactly, has, hasNo, type Row } from './system.ts';

const blue = 'ai-assistant-blue';
const deployments = [blue, 'ai-assistant-green'];
const stores = { postgres: 5432, redis: 6379, milvus: 19530 };

function pods(labels: Readonly<Record<string, string>>) {
  return { namespace: 'ai-assistant', labels };
}

/** §2: who reaches the API, what it reaches, and how it grows and is watched. */
export const rows: readonly Row[] = [
  {
    says: 'egress to all four that /ready asks, and to nothing else',
    environments: everywhere,
    check: every(
      ...deployments.flatMap((name) =>
        Object.entries(stores).map(([store, port]) =>
          flows([name, pods({ 'app.kubernetes.io/name': store }), port]),
        ),
      ),
      ...deployments.map((name) => flows([name, { ip: '203.0.113.7' }, 443])),
      noFlows(
        [blue, { ip: '203.0.113.7' }, 80],
        [blue, { ip: '10.0.0.7' }, 443],
        [blue, { namespace: 'grading-system' }, 5432],
      ),
    ),
  },
  {
    says: 'ingress from nginx, Prometheus and the certificate check only',
    environments: everywhere,
    check: every(
      ...deployments.map((name) =>
        flows([platform.nginx, name, 8000], [platform.prometheus, name, 8000]),
      ),
      flows([platform.nginx, pods({ 'acme.cert-manager.io/http01-solver': 'true' }), 8089]),
      noFlows([{ namespace: 'default' }, blue, 8000]),
    ),
  },
  {
    says: 'the stores are external',
    environments: everywhere,
    check: every(hasNo('StatefulSet'), hasNo('Service', 'postgres-service')),
  },
  {
    says: 'service',
    environments: everywhere,
    check: has('Service', 'ai-assistant-service', {
      spec: { type: 'ClusterIP', ports: exactly({ port: 80, targetPort: 'http' }) },
    }),
  },
  {
    says: 'autoscaling of the live colour',
    check: has('HorizontalPodAutoscaler', 'ai-assistant-hpa', {
      apiVersion: 'autoscaling/v2',
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'ai-assistant-blue' },
        minReplicas: 3,
        maxReplicas: 10,
        metrics: exactly(
          { resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
          { resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } },
          {
            type: 'Pods',
            pods: {
              metric: { name: 'http_requests_per_second' },
              target: { type: 'AverageValue', averageValue: '100' },
            },
          },
        ),
        behavior: {
          scaleDown: {
            stabilizationWindowSeconds: 300,
            policies: exactly({ type: 'Percent', value: 10, periodSeconds: 60 }),
          },
          scaleUp: {
            stabilizationWindowSeconds: 0,
            policies: exactly({ type: 'Percent', value: 100, periodSeconds: 15 }),
          },
        },
      },
    }),
  },
  {
    says: 'ingress',
    check: has('Ingress', 'ai-assistant-ingress', {
      metadata: {
        annotations: {
          'cert-manager.io/cluster-issuer': 'letsencrypt-prod',
          'nginx.ingress.kubernetes.io/proxy-body-size': '50m',
          'nginx.ingress.kubernetes.io/proxy-read-timeout': '300',
        },
      },
      spec: {
        ingressClassName: 'nginx',
        tls: exactly({ hosts: ['api.your-domain.com'], secretName: 'ai-assistant-tls' }),
        rules: exactly({ host: 'api.your-domain.com' }),
      },
    }),
  },
  {
    says: 'monitoring',
    environments: everywhere,
    check: every(
      has('ServiceMonitor', 'ai-assistant', {
        spec: { endpoints: exactly({ port: 'http', path: '/metrics', interval: '15s' }) },
      }),
      alerts('http_requests_total', 'http_request_duration_seconds'),
      panels({
        'request rate': 'http_requests_total',
        latency: 'http_request_duration_seconds_bucket',
        autoscaler: 'kube_horizontalpodautoscaler_status_desired_replicas',
        CPU: 'container_cpu_usage_seconds_total',
        memory: 'container_memory_working_set_bytes',
        restarts: 'kube_pod_container_status_restarts_total',
      }),
    ),
  },
];
