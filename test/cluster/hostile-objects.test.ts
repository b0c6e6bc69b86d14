import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import type { ClusterView, Manifest, Problem, Target } from '../../scripts/model.ts';
import { networkRules } from '../../scripts/rules/network-rules.ts';
import { referenceRules } from '../../scripts/rules/reference-rules.ts';
import { selectorRules } from '../../scripts/rules/selector-rules.ts';
import { workloadRules } from '../../scripts/rules/workload-rules.ts';

const rules = [
  ...referenceRules([
    { from: { kind: 'Service', field: 'spec.ports[].name' }, to: { kind: 'Pod' } },
    { from: { kind: 'Pod', field: 'spec..x' }, to: { kind: 'Pod', field: '' } },
  ]),
  ...selectorRules(),
  ...networkRules(),
  ...workloadRules(),
];

const kinds = [
  'v1/Pod', 'v1/Service', 'v1/ConfigMap', 'v1/PersistentVolumeClaim', 'v1/Namespace',
  'apps/v1/Deployment', 'apps/v1/StatefulSet', 'batch/v1/CronJob', 'networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/NetworkPolicy', 'autoscaling/v2/HorizontalPodAutoscaler',
  'autoscaling.k8s.io/v1/VerticalPodAutoscaler', 'keda.sh/v1alpha1/ScaledObject',
  'keda.sh/v1alpha1/TriggerAuthentication', 'policy/v1/PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1/RoleBinding', 'rbac.authorization.k8s.io/v1/ClusterRole',
  'cert-manager.io/v1/Certificate',
  'external-secrets.io/v1/SecretStore', 'monitoring.coreos.com/v1/ServiceMonitor',
  'monitoring.coreos.com/v1/PodMonitor', 'monitoring.coreos.com/v1/Prometheus',
  'monitoring.coreos.com/v1/PrometheusRule', 'gateway.networking.k8s.io/v1/HTTPRoute',
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
  'apiregistration.k8s.io/v1/APIService', 'argoproj.io/v1alpha1/Application',
  'helm.toolkit.fluxcd.io/v2/HelmRelease', 'databases.example.com/v1/Cluster',
]; // biome-ignore format: a table

const names = [
  'spec', 'template', 'jobTemplate', 'metadata', 'labels', 'selector', 'matchLabels', 'key',
  'matchExpressions', 'operator', 'values', 'containers', 'volumes', 'ports', 'port', 'targetPort',
  'env', 'envFrom', 'valueFrom', 'configMapKeyRef', 'configMapRef', 'configMap', 'items', 'name',
  'namespace', 'kind', 'rules', 'http', 'paths', 'path', 'backend', 'service', 'defaultBackend',
  'backendRefs', 'webhooks', 'clientConfig', 'subjects', 'roleRef', 'scaleTargetRef', 'targetRef',
  'endpoints', 'podMetricsEndpoints', 'namespaceSelector', 'matchNames', 'podSelector', 'ingress',
  'egress', 'from', 'to', 'affinity', 'podAffinity', 'topologySpreadConstraints', 'labelSelector',
  'requiredDuringSchedulingIgnoredDuringExecution', 'values', 'prometheus', 'prometheusSpec',
  'ruleSelector', 'grafana', 'sidecar', 'dashboards', 'chart', 'source', 'helm', 'valuesObject',
  'ipBlock', 'policyTypes', 'policyTypes', 'endPort', 'protocol', 'value', 'secretRef', 'args',
  'triggers', 'solvers', 'acme', 'tls', 'hosts', 'host', 'rules', 'resources', 'verbs', 'apiGroups',
  'subjects', 'hostNetwork', 'livenessProbe', 'httpGet', 'replicas', 'prefix',
  'data', 'annotations', 'volumeClaimTemplates', 'persistentVolumeClaim', 'claimName', '__proto__',
]; // biome-ignore format: a table

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 8, withCrossShrink: true },
    fc.constantFrom<unknown>(null, '', 'a', 'kube-prometheus-stack', 'ingress-nginx', -1, 80, true),
    fc.constantFrom<unknown>('In', 'Deployment', 'ConfigMap', 'constructor', '{"panels":[]}'),
    fc.constantFrom<unknown>(
      'redis://a:80',
      'a.shop.svc',
      'Ingress',
      'ServiceAccount',
      '*',
      'keda',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 8 }),
  ),
}));

const object = fc
  .tuple(fc.constantFrom(...kinds), fc.dictionary(fc.constantFrom(...names), value), fc.boolean())
  .map(([kind, data, isNamed]) => {
    const slash = kind.lastIndexOf('/');
    const metadata = { name: 'a', namespace: 'shop', labels: { a: 'a' } };
    return {
      ...data,
      ...(isNamed && { metadata }),
      apiVersion: kind.slice(0, slash),
      kind: kind.slice(slash + 1),
    };
  });

const target: Target = {
  name: 'clusters/prod',
  path: 'clusters/prod',
  kind: 'manifests',
  clusters: ['prod'],
  engines: ['flux'],
  syncedBy: [],
};

function viewOf(objects: readonly unknown[]): ClusterView {
  const manifests: readonly Manifest[] = manifestsOf(objects, { target });
  const external = { namespaces: [], services: ['shop/a:80', ':', 'b'], secrets: [], stores: [] };
  return {
    cluster: {
      ...{ name: 'prod', environment: 'prod', file: 'clusters/prod/cluster.yaml' },
      ...{ variables: {}, charts: {}, external },
    },
    rendered: [{ target, manifests, files: [], failures: [] }],
  };
}

function problemsOf(view: ClusterView): Problem[] {
  return rules.flatMap((rule) => {
    if (rule.scope === 'cluster') return [...rule.check(view)];
    const manifests = view.rendered.flatMap((one) => one.manifests);
    return rule.scope === 'manifest' ? manifests.flatMap((one) => [...rule.check(one)]) : [];
  });
}

test('no objects, however wrong, make a rule throw', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(object, { maxLength: 6 }), (objects) => {
      for (const { message } of problemsOf(viewOf(objects))) {
        found += 1;
        expect(message).toMatch(/^\S.*[^.]$/s);
      }
    }),
    { numRuns: 2000 },
  );
  expect(found).toBeGreaterThan(0);
});
