import { textAt } from '../../scripts/kubernetes/fields.ts';
import { describe as nameOf } from '../../scripts/kubernetes/manifests.ts';
import { alerts, panels } from './monitoring.ts';
import { eachAgent } from './suoke-life.ts';
import { all, type Check, every, everywhere, exactly, has, type Row } from './system.ts';

/** A definition of `suoke.life/v1` whose spec has these fields. */
function definition(plural: string, kind: string, spec: unknown): Check {
  return has('CustomResourceDefinition', `${plural}.suoke.life`, {
    apiVersion: 'apiextensions.k8s.io/v1',
    spec: {
      group: 'suoke.life',
      scope: 'Namespaced',
      names: { kind },
      versions: exactly({
        name: 'v1',
        served: true,
        storage: true,
        additionalPrinterColumns: [{ name: 'Age' }],
        schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
      }),
    },
  });
}

const version = {
  type: 'string',
  'x-kubernetes-validations': [{ message: 'must be a version such as v1.2.3' }],
};

const refersTo =
  (kind: string, field: string, target: string): Check =>
  (system) => {
    const names = all(system, target).map(({ name }) => name);
    return all(system, kind)
      .filter(({ data }) => !names.includes(textAt(data, ['spec', field]) ?? ''))
      .map((one) => `${nameOf(one)} has a ${field} that is no ${target}`);
  };

/** §4: the kinds of models, their examples, and the dashboard. */
export const rows: readonly Row[] = [
  {
    says: 'AIModel',
    environments: everywhere,
    check: definition('aimodels', 'AIModel', {
      required: ['modelName', 'version', 'agentType', 'modelType', 'framework'],
      properties: {
        modelName: { type: 'string' },
        version,
        agentType: { enum: exactly('xiaoai', 'xiaoke', 'laoke', 'soer') },
        modelType: { enum: ['llm'] },
        framework: { enum: ['huggingface'] },
        validationStrategy: { type: 'object', default: {} },
        rollbackStrategy: { type: 'object', default: {} },
        cacheStrategy: { type: 'object' },
      },
    }),
  },
  {
    says: 'ModelVersion',
    environments: everywhere,
    check: definition('modelversions', 'ModelVersion', {
      required: ['modelRef', 'version'],
      properties: {
        modelRef: { type: 'string' },
        version,
        deploymentStrategy: {
          enum: exactly('RollingUpdate', 'BlueGreen', 'Canary'),
          default: 'RollingUpdate',
        },
        canaryDeployment: {
          properties: {
            enabled: { type: 'boolean' },
            trafficPercentage: { type: 'integer', minimum: 0, maximum: 100 },
          },
          'x-kubernetes-validations': [{ message: 'an enabled canary needs a trafficPercentage' }],
        },
      },
    }),
  },
  {
    says: 'ModelRegistry',
    environments: everywhere,
    check: definition('modelregistries', 'ModelRegistry', {
      required: ['name', 'endpoint'],
      properties: { name: { type: 'string' }, endpoint: { type: 'string' } },
    }),
  },
  {
    says: 'examples',
    check: every(
      has('AIModel', 'xiaoai-llm-model', {
        apiVersion: 'suoke.life/v1',
        spec: {
          modelName: 'xiaoai-conversation-llm',
          version: 'v2.1.0',
          agentType: 'xiaoai',
          modelType: 'llm',
          framework: 'huggingface',
        },
      }),
      has('ModelVersion', 'xiaoai-llm-v2-1-0', {
        spec: {
          modelRef: 'xiaoai-llm-model',
          version: 'v2.1.0',
          deploymentStrategy: 'Canary',
          canaryDeployment: { enabled: true, trafficPercentage: 20 },
        },
      }),
      has('ModelRegistry', 'suoke-model-registry', {
        spec: { name: 'suoke-central-registry', endpoint: 'https://models.suoke.life/registry' },
      }),
    ),
  },
  {
    says: 'a model and a version of each agent, and references that resolve',
    environments: everywhere,
    check: every(
      eachAgent((_workload, _facts, agent) => (system) => {
        const model = all(system, 'AIModel').find(
          ({ data }) => textAt(data, ['spec', 'agentType']) === agent,
        );
        const versions = all(system, 'ModelVersion').filter(
          ({ data }) => textAt(data, ['spec', 'modelRef']) === model?.name,
        );
        return model && versions.length > 0 ? [] : [`${agent} has no model, or no version of it`];
      }),
      refersTo('ModelVersion', 'modelRef', 'AIModel'),
      refersTo('AIModel', 'registryRef', 'ModelRegistry'),
    ),
  },
  {
    says: 'monitoring',
    environments: everywhere,
    check: every(
      has('ServiceMonitor', 'suoke-life', { spec: { endpoints: [{ port: 'http' }] } }),
      alerts('http_requests_total', 'ai_model_inference_duration_seconds', 'ai_model_accuracy'),
      panels({
        'resource use (CPU)': 'container_cpu_usage_seconds_total',
        'resource use (memory)': 'container_memory_working_set_bytes',
        'model latency': 'ai_model_inference_duration_seconds_bucket',
        'model accuracy': 'ai_model_accuracy_ratio',
        'GPU use': 'ai_model_gpu_utilization_ratio',
        'cache hits': 'ai_model_cache_requests_total',
        'response time': 'http_request_duration_seconds_bucket',
        'error rate': 'status=~"5.."',
        throughput: 'http_requests_total',
        'HPA history': 'kube_horizontalpodautoscaler_status_desired_replicas',
        'VPA adjustments': 'kube_customresource_vpa_containerrecommendations_target',
        'pod restarts': 'kube_pod_container_status_restarts_total',
        'system health': 'kube_deployment_status_replicas_available',
      }),
    ),
  },
];
