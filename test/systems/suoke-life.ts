import { recordAt } from '../../scripts/kubernetes/fields.ts';
import { flows, noFlows, platform } from './flows.ts';
import { secretKeys } from './secrets.ts';
import {
  absent,
  all,
  type Check,
  container,
  every,
  everywhere,
  exactly,
  has,
  hasNo,
  type Row,
} from './system.ts';

/** Minimum and maximum replicas, CPU %, memory %, and the requests a second a pod is to have. */
const agents = {
  xiaoai: { replicas: [2, 10], cpu: 70, memory: 80, metric: 'ai_inference', rate: 30 },
  xiaoke: { replicas: [2, 8], cpu: 75, memory: 85, metric: 'health_analysis', rate: 25 },
  laoke: { replicas: [1, 6], cpu: 80, memory: 90, metric: 'tcm_diagnosis', rate: 20 },
  soer: { replicas: [1, 5], cpu: 70, memory: 80, metric: 'wellness_recommendation', rate: 15 },
} as const;

type Agent = (typeof agents)[keyof typeof agents];

/** The same check of each agent. */
export function eachAgent(check: (workload: string, facts: Agent, agent: string) => Check): Check {
  return every(
    ...Object.entries(agents).map(([name, facts]) => check(`${name}-agent`, facts, name)),
  );
}

function scaled(
  workload: string,
  { replicas, cpu, memory, metric, rate }: Agent,
  maximum?: number,
) {
  return has('HorizontalPodAutoscaler', workload, {
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: workload },
      minReplicas: replicas[0],
      maxReplicas: maximum ?? replicas[1],
      metrics: exactly(
        { resource: { name: 'cpu', target: { averageUtilization: cpu } } },
        { resource: { name: 'memory', target: { averageUtilization: memory } } },
        {
          pods: {
            metric: { name: `${metric}_requests_per_second` },
            target: { type: 'AverageValue', averageValue: String(rate) },
          },
        },
      ),
      behavior: {
        scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods' }] },
        scaleUp: { stabilizationWindowSeconds: 60, policies: [{ type: 'Percent' }] },
      },
    },
  });
}

function advised(workload: string, updateMode: string) {
  const sizes = { cpu: /./, memory: /./ };
  return has('VerticalPodAutoscaler', workload, {
    spec: {
      targetRef: { kind: 'Deployment', name: workload },
      updatePolicy: { updateMode },
      resourcePolicy: {
        containerPolicies: [{ containerName: 'agent', minAllowed: sizes, maxAllowed: sizes }],
      },
    },
  });
}

const outside = { ip: '203.0.113.7' };
const solver = {
  namespace: 'suoke-life',
  labels: { 'acme.cert-manager.io/http01-solver': 'true' },
};

/** §4: the agents, their sizes and numbers, and the network. */
export const rows: readonly Row[] = [
  {
    says: 'four agents with Services of the same names',
    check: every(
      eachAgent((workload) =>
        every(
          container('Deployment', workload, {
            name: 'agent',
            image: new RegExp(`^registry\\.example\\.com/${workload}@sha256:`),
          }),
          has('Service', workload, { spec: { ports: exactly({ port: 80, targetPort: 'http' }) } }),
        ),
      ),
    ),
  },
  {
    says: 'ingress to each',
    environments: everywhere,
    check: eachAgent((workload, _, agent) =>
      has('Ingress', 'suoke-life-ingress', {
        spec: {
          ingressClassName: 'nginx',
          rules: [
            {
              http: {
                paths: [{ path: `/${agent}`, backend: { service: { name: workload } } }],
              },
            },
          ],
        },
      }),
    ),
  },
  { says: 'HPA', check: eachAgent((workload, facts) => scaled(workload, facts)) },
  {
    says: 'HPA with the minima of prod and at most 3',
    environments: ['staging'],
    check: eachAgent((workload, facts) => scaled(workload, facts, 3)),
  },
  {
    says: 'VPA only recommends beside an HPA',
    environments: ['staging', 'prod'],
    check: eachAgent((workload) => advised(workload, 'Off')),
  },
  {
    says: 'VPA acts, and there is no HPA',
    environments: ['dev'],
    check: every(
      eachAgent((workload) =>
        every(
          advised(workload, 'Recreate'),
          has('Deployment', workload, { spec: { replicas: 1 } }),
        ),
      ),
      hasNo('HorizontalPodAutoscaler'),
    ),
  },
  {
    says: 'a GPU for the agent that has one, bounded too',
    environments: ['staging', 'prod'],
    check: every(
      container('Deployment', 'xiaoai-agent', { resources: { limits: { 'nvidia.com/gpu': '1' } } }),
      has('VerticalPodAutoscaler', 'xiaoai-agent', {
        spec: {
          resourcePolicy: { containerPolicies: [{ maxAllowed: { 'nvidia.com/gpu': '1' } }] },
        },
      }),
      container('Deployment', 'soer-agent', {
        resources: { limits: { 'nvidia.com/gpu': absent } },
      }),
    ),
  },
  {
    says: 'budgets of maxUnavailable 1',
    environments: everywhere,
    check: eachAgent((workload) =>
      has('PodDisruptionBudget', workload, { spec: { maxUnavailable: 1, minAvailable: absent } }),
    ),
  },
  {
    says: 'registry',
    environments: everywhere,
    check: every(has('Deployment', 'model-registry'), has('Service', 'model-registry')),
  },
  {
    says: 'secrets',
    environments: everywhere,
    check: every(
      secretKeys('suoke-agents-secrets', 'LLM_API_KEY', 'MODEL_REGISTRY_TOKEN'),
      secretKeys('model-registry-secrets', 'HUGGINGFACE_TOKEN', 'MODEL_REGISTRY_TOKEN'),
      secretKeys('model-registry-webhook', 'token'),
      (system) =>
        all(system, 'SealedSecret')
          .flatMap(({ data }) => Object.values(recordAt(data, ['spec', 'encryptedData'])))
          .filter((value) => !/^Ag[A-Za-z0-9+/=]{600,}$/.test(String(value)))
          .map(() => 'a sealed value is not sealed'),
    ),
  },
  {
    says: 'network',
    environments: everywhere,
    check: every(
      eachAgent((workload) =>
        every(
          flows([platform.nginx, workload, 8000], [platform.prometheus, workload, 8000]),
          flows([workload, 'model-registry', 8080], [workload, outside, 443]),
          noFlows([workload, outside, 80], [{ namespace: 'default' }, workload, 8000]),
        ),
      ),
      flows([platform.nginx, 'model-registry', 8080], [platform.nginx, solver, 8089]),
      flows(['model-registry', outside, 443], ['model-registry', { ip: '10.96.0.1' }, 443]),
      noFlows(['xiaoai-agent', { ip: '10.96.0.1' }, 443], ['xiaoai-agent', 'soer-agent', 8000]),
    ),
  },
];
