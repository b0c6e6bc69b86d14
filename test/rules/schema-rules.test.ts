import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import type { Manifest, Problem } from '../../scripts/model.ts';
import { rulesFor } from '../../scripts/rules/registry.ts';

const rules = rulesFor({
  schemas: () => [],
  crdRules: () => [],
  deprecations: () => [],
  kubernetesVersions: [],
  scopeOf: () => undefined,
}).filter(({ id }) => id.startsWith('schema/'));

function problemsOf(manifest: Manifest): Problem[] {
  return rules.flatMap((rule) => (rule.scope === 'manifest' ? [...rule.check(manifest)] : []));
}

const kinds = [
  'v1/Pod', 'v1/Service', 'v1/ConfigMap', 'v1/Secret', 'v1/LimitRange', 'v1/ResourceQuota',
  'v1/PersistentVolumeClaim', 'v1/PersistentVolume', 'v1/ServiceAccount', 'apps/v1/Deployment',
  'apps/v1/StatefulSet', 'apps/v1/DaemonSet', 'batch/v1/Job', 'batch/v1/CronJob',
  'networking.k8s.io/v1/Ingress', 'networking.k8s.io/v1/NetworkPolicy',
  'autoscaling/v2/HorizontalPodAutoscaler', 'policy/v1/PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1/Role', 'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
  'apiextensions.k8s.io/v1/CustomResourceDefinition', 'cert-manager.io/v1/Certificate',
]; // biome-ignore format: a table

const names = [
  'spec', 'template', 'jobTemplate', 'metadata', 'labels', 'selector', 'matchLabels',
  'matchExpressions', 'containers', 'initContainers', 'volumes', 'volumeMounts', 'ports', 'env',
  'envFrom', 'valueFrom', 'resources', 'requests', 'limits', 'livenessProbe', 'httpGet', 'port',
  'name', 'data', 'rules', 'subjects', 'metrics', 'behavior', 'versions', 'schema', 'strategy',
  'rollingUpdate', 'openAPIV3Schema', 'properties', 'items', 'ingress', 'from', 'ipBlock',
  'affinity', 'topologySpreadConstraints', 'http', 'paths', 'backend', 'type', '__proto__',
]; // biome-ignore format: a table

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    fc.constantFrom<unknown>(null, '', 'a', 'A B', -1, 0, 1e9, true, '100m', 'constructor'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 8 }),
  ),
}));

test('no object, however wrong, makes a rule throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.dictionary(fc.constantFrom(...names), value),
      (kind, data) => {
        const slash = kind.lastIndexOf('/');
        const object = { ...data, apiVersion: kind.slice(0, slash), kind: kind.slice(slash + 1) };
        for (const manifest of manifestsOf([object], {})) {
          for (const { message } of problemsOf(manifest)) expect(message).toMatch(/^\S.*[^.]$/s);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test('a list without end gives a bounded number of problems', () => {
  const ports = Array.from({ length: 10_000 }, (_, index) => ({ name: `Port ${index}`, port: 0 }));
  const [service] = manifestsOf([{ apiVersion: 'v1', kind: 'Service', spec: { ports } }], {});
  expect(service && problemsOf(service).length).toBeLessThan(210);
});

test('what a Secret or a variable holds is in no message', () => {
  const canary = 'c4n4ry-c4n4ry';
  const value = canary;
  const objects = [
    { type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': canary } },
    {
      type: 'kubernetes.io/dockercfg',
      data: { '.dockercfg': Buffer.from(canary).toString('base64') },
    },
    { type: 'kubernetes.io/tls', data: { 'tls.crt': canary, 'a/b': canary } },
  ].map((secret) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...secret }));
  const env = [
    { name: 'A=B', value, valueFrom: {} },
    { name: 'A', value },
    { name: 'A', value },
  ];
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ env }] },
  };
  for (const manifest of manifestsOf([...objects, pod], {})) {
    const problems = problemsOf(manifest);
    expect(problems.length).toBeGreaterThan(0);
    for (const { message, fix } of problems) expect(`${message} ${fix}`).not.toContain('c4n4ry');
  }
});
