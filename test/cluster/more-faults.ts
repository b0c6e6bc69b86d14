import { expect } from 'vitest';
import type { Fault } from './faults.ts';

const pdf = 'base/pdf-processor';
const grading = 'base/grading-system';
const suoke = 'base/suoke-life';
const assistant = 'base/ai-assistant';

/** A patch of an object that a component brings. */
function patched(name: string, path: string, value: string): string {
  return `
  - target:
      kind: NetworkPolicy
      name: ${name}
    patch: |-
      - op: replace
        path: ${path}
        value: ${value}
`;
}

const deleted = `
  - patch: |-
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: api-service
      $patch: delete
`;

function ingressOf(host: string, path: string): string {
  return `        - ${host}
      secretName: model-registry-tls
  rules:
    - host: ${host}
      http:
        paths:
          - path: ${path}
`;
}

/** One of nearly every rule about the network, workloads, rights, scaling and capacity. */
export const moreFaults: readonly Fault[] = [
  {
    file: `${pdf}/network-policy-ingest.yaml`,
    at: `${pdf}/deployment-ingest.yaml`,
    from: 'port: 50052',
    to: 'port: 50053',
    rule: 'network/flows-allowed',
    message:
      'PDF_WORKER_GRPC_ADDR of container ingest is pdf-processor-worker:50052, which no egress rule reaches',
  },
  {
    file: `${pdf}/kustomization.yaml`,
    at: `${pdf}/deployment-worker.yaml`,
    from: 'ADDR=go-ingest-service:50051',
    to: 'ADDR=go-ingest-servce:50051',
    rule: 'network/addresses-resolve',
    message:
      'GO_GRPC_INGEST_ADDR of container worker is go-ingest-servce:50051, and there is no Service pdf-processing/go-ingest-servce',
  },
  {
    file: `${assistant}/kustomization.yaml`,
    at: `${assistant}/namespace.yaml`,
    from: '\npatches:\n',
    to: `\npatches:${patched('default-deny', '/spec/policyTypes', '[Egress]')}`,
    rule: 'network/default-deny',
    message: 'no NetworkPolicy isolates all pods of namespace ai-assistant for ingress',
  },
  {
    file: `${suoke}/kustomization.yaml`,
    at: 'base/components/default-deny/network-policy-allow-dns.yaml',
    from: '\npatches:\n',
    to: `\npatches:${patched('allow-dns', '/spec/egress/0/ports', '[{ port: 5353 }]')}`,
    rule: 'network/dns-allowed',
    message: expect.stringMatching(
      /^no egress rule lets Deployment suoke-life\/\w+-agent, which calls model-registry:80, ask DNS$/,
    ),
  },
  {
    file: `${grading}/network-policy-ingress-nginx.yaml`,
    at: `${grading}/ingress.yaml`,
    from: 'port: http',
    to: 'port: 80',
    rule: 'network/ingress-admitted',
    message: expect.stringMatching(/do not let ingress-nginx in namespace \S+ in to port 8000$/),
  },
  {
    file: `${pdf}/kustomization.yaml`,
    at: `${pdf}/pod-monitor.yaml`,
    from: '\ncomponents:\n',
    to: `\npatches:${patched('allow-prometheus', '/spec/ingress/0/ports', '[{ port: 9090 }]')}components:\n`,
    rule: 'network/scrapes-admitted',
    message:
      'NetworkPolicies of Deployment pdf-processing/pdf-processor-worker do not let Prometheus in namespace monitoring in to port 8000',
  },
  {
    file: `${pdf}/components/scaling-keda/network-policy-allow-keda.yaml`,
    at: `${pdf}/components/scaling-keda/scaled-object.yaml`,
    from: 'port: 6379',
    to: 'port: 6380',
    rule: 'network/triggers-admitted',
    message:
      'address leads to StatefulSet pdf-processing/redis, whose NetworkPolicies do not let KEDA in namespace keda in',
    clusters: ['prod'],
  },
  {
    file: `${grading}/kustomization.yaml`,
    at: `${grading}/ingress.yaml`,
    from: '\npatches:\n',
    to: `\npatches:${patched('allow-acme-solver', '/spec/ingress/0/ports/0/port', '8090')}`,
    rule: 'network/challenges-admitted',
    message: expect.stringMatching(
      /^ClusterIssuer letsencrypt-prod .* of namespace grading-system/,
    ),
  },
  {
    file: `${suoke}/model-registry/ingress.yaml`,
    at: `${suoke}/ingress.yaml`,
    from: ingressOf('models.suoke.life', '/registry'),
    to: ingressOf('api.suoke.life', '/xiaoai'),
    rule: 'network/hosts-unique',
    message: 'api.suoke.life/xiaoai is already of Ingress suoke-life/model-registry',
    clusters: ['prod'],
  },
  {
    file: `${grading}/kustomization.yaml`,
    at: `${grading}/deployment-api.yaml`,
    from: '\npatches:\n',
    to: `\npatches:${deleted}`,
    rule: 'workloads/disruption-budget-present',
    message:
      'Deployment grading-system/api-service has at least two pods, and no PodDisruptionBudget selects them',
    clusters: ['prod', 'staging'],
  },
  {
    file: `${pdf}/pod-disruption-budget-redis.yaml`,
    from: '  unhealthyPodEvictionPolicy: AlwaysAllow\n',
    to: '',
    rule: 'workloads/unhealthy-pods-evictable',
    message: 'unhealthyPodEvictionPolicy is not set, and the default keeps pods that are not ready',
  },
  {
    file: `${grading}/deployment-api.yaml`,
    from: 'path: /ready\n              port: http',
    to: 'path: /ready\n              port: htpp',
    rule: 'workloads/probe-ports-exist',
    message: 'port htpp of readinessProbe is the name of no port of the container',
  },
  {
    file: `${suoke}/model-registry/role.yaml`,
    from: 'coordination.k8s.io\n    resources:\n      - leases\n    verbs:\n      - create',
    to: '""\n    resources:\n      - pods\n    verbs:\n      - create',
    rule: 'rbac/powers-restrained',
    message: 'lets ServiceAccount suoke-life/model-registry start pods',
  },
  {
    file: `${suoke}/agents/xiaoke/deployment.yaml`,
    from: '\nspec:\n',
    to: '\nspec:\n  replicas: 2\n',
    rule: 'scaling/replicas-unset',
    message:
      'replicas is 2, and HorizontalPodAutoscaler suoke-life/xiaoke-agent scales this workload',
    clusters: ['prod', 'staging'],
  },
  {
    file: `${suoke}/agents/xiaoai/pod-disruption-budget.yaml`,
    from: 'maxUnavailable: 1',
    to: 'minAvailable: 10',
    rule: 'scaling/budget-allows-eviction',
    message: expect.stringMatching(/^minAvailable 10 lets no pod of Deployment suoke-life\/xiaoai/),
  },
  {
    file: `${assistant}/horizontal-pod-autoscaler-live.yaml`,
    from: 'http_requests_per_second',
    to: 'http_request_per_second',
    rule: 'scaling/metrics-served',
    message: 'metric "http_request_per_second" is served by no rule of prometheus-adapter',
  },
  {
    file: `${grading}/components/scaling-keda/scaled-object.yaml`,
    from: 'minReplicaCount: 2',
    to: 'minReplicaCount: 30',
    rule: 'scaling/bounds-ordered',
    message: 'minReplicaCount 30 is above maxReplicaCount 20',
    clusters: ['prod'],
  },
  {
    file: `${pdf}/components/scaling-keda/scaled-object.yaml`,
    from: 'listLength: "5"',
    to: 'listLength: "five"',
    rule: 'scaling/triggers-complete',
    message: 'listLength "five" is no whole number',
    clusters: ['prod'],
  },
  {
    file: `${pdf}/components/load-high/kustomization.yaml`,
    from: 'value: "44"',
    to: 'value: "20"',
    rule: 'capacity/quota-fits',
    message: 'requests.cpu "20" is below the 21.35 that the namespace needs at maximum scale',
    clusters: ['prod'],
  },
  {
    file: `${pdf}/limit-range.yaml`,
    at: `${pdf}/components/load-high/kustomization.yaml`,
    from: 'cpu: "4"',
    to: 'cpu: "3"',
    rule: 'capacity/limit-range-respected',
    message: expect.stringMatching(/^container worker has a limit of cpu 4, and LimitRange/),
    clusters: ['prod'],
  },
];
