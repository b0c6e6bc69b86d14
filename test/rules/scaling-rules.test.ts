import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capacityOf } from '../../scripts/capacity/table.ts';
import { tableText } from '../../scripts/capacity/table-text.ts';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import type { ClusterView, Problem, Target } from '../../scripts/model.ts';
import { replicasUnset } from '../../scripts/rules/scaling/replicas-unset.ts';
import { scalingRules } from '../../scripts/rules/scaling-rules.ts';

const target: Target = {
  name: 'app',
  path: 'app',
  kind: 'manifests',
  clusters: [],
  engines: [],
  syncedBy: [],
};

function viewOf(objects: readonly unknown[]): ClusterView {
  return {
    rendered: [{ target, manifests: manifestsOf(objects, { target }), files: [], failures: [] }],
  };
}

function problemsOf(view: ClusterView): Problem[] {
  return [...scalingRules(), replicasUnset].flatMap((rule) => {
    if (rule.scope === 'cluster') return [...rule.check(view)];
    if (rule.scope !== 'manifest') throw new Error(`${rule.id} has another scope`);
    return view.rendered.flatMap(({ manifests }) =>
      manifests.flatMap((one) => [...rule.check(one)]),
    );
  });
}

const kinds = [
  'v1/Pod', 'v1/LimitRange', 'v1/ResourceQuota', 'v1/PersistentVolumeClaim', 'v1/Service',
  'apps/v1/Deployment', 'apps/v1/StatefulSet', 'apps/v1/DaemonSet', 'batch/v1/Job',
  'batch/v1/CronJob', 'autoscaling/v2/HorizontalPodAutoscaler', 'policy/v1/PodDisruptionBudget',
  'autoscaling.k8s.io/v1/VerticalPodAutoscaler', 'keda.sh/v1alpha1/ScaledObject',
  'keda.sh/v1alpha1/ScaledJob', 'keda.sh/v1alpha1/TriggerAuthentication',
  'helm.toolkit.fluxcd.io/v2/HelmRelease', 'argoproj.io/v1alpha1/Application',
  'node.k8s.io/v1/RuntimeClass', 'scheduling.k8s.io/v1/PriorityClass',
]; // biome-ignore format: a table

const fields = [
  'template', 'spec', 'jobTemplate', 'jobTargetRef', 'selector', 'matchLabels', 'containers',
  'initContainers', 'resources', 'requests', 'limits', 'cpu', 'memory', 'storage', 'hard', 'scopes',
  'scopeSelector', 'matchExpressions', 'type', 'min', 'max', 'default', 'defaultRequest', 'strategy',
  'rollingUpdate', 'maxSurge', 'maxUnavailable', 'minAvailable', 'replicas', 'minReplicas',
  'maxReplicas', 'minReplicaCount', 'maxReplicaCount', 'idleReplicaCount', 'metrics', 'triggers',
  'metadata', 'labels', 'name', 'value', 'start', 'address', 'authenticationRef', 'resourcePolicy',
  'containerPolicies', 'volumeClaimTemplates', 'accessModes', 'volumes', 'persistentVolumeClaim',
  'claimName', 'values', 'rules', 'custom', 'chart', 'parallelism', 'overhead', 'affinity',
  'pods', 'requests.cpu', 'limits.memory', 'count/deployments.apps', '__proto__', 'restartPolicy',
]; // biome-ignore format: a table

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom<unknown>(null, '', 'a', -1, 0, 1, 3, 1e300, 2 ** 31, true, '100m', '1e999999'),
    fc.constantFrom<unknown>('Container', 'Pod', 'Resource', 'redis', 'cron', 'cpu', '50%', '101%'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 8 }),
  ),
}));

const object = fc
  .tuple(fc.constantFrom(...kinds), fc.constantFrom('a', 'b'), value, value)
  .map(([kind, name, spec, wild]) => {
    const slash = kind.lastIndexOf('/');
    const ref = { kind: 'Deployment', name: 'a', apiVersion: 'apps/v1' };
    const known = { scaleTargetRef: ref, targetRef: ref };
    const isMapping = typeof spec === 'object' && spec !== null && !Array.isArray(spec);
    return {
      apiVersion: kind.slice(0, slash),
      kind: kind.slice(slash + 1),
      metadata: { name, namespace: 'apps' },
      spec: isMapping ? { ...known, ...spec } : spec,
      overhead: wild,
    };
  });

test('no objects, however wrong, make a rule or the table throw', () => {
  fc.assert(
    fc.property(fc.array(object, { minLength: 1, maxLength: 6 }), (objects) => {
      const view = viewOf(objects);
      for (const { message } of problemsOf(view)) expect(message).toMatch(/^\S.*[^.]$/s);
      expect(typeof tableText(capacityOf(view))).toBe('string');
    }),
    { numRuns: 2000 },
  );
});

test('a thousand quota lines, workloads and budgets give no false alarm', () => {
  const hard = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [`count/things${index}.example.com`, 0]),
  );
  const metadata = { namespace: 'apps' };
  const spec = { template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{}] } } };
  const objects = Array.from({ length: 1000 }, (_, index) => [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata, name: `a${index}` },
      spec,
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { ...metadata, name: `a${index}` },
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: `a${index}` } } },
    },
  ]).flat();
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { ...metadata, name: 'q' },
    spec: { hard },
  };
  expect(problemsOf(viewOf([...objects, quota]))).toEqual([]);
});

test('a password in an address is in no message', () => {
  const trigger = {
    type: 'redis',
    metadata: { listName: 'a', address: 'redis://:hunter2@redis:6379' },
  };
  const problems = problemsOf(
    viewOf([
      {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name: 'a', namespace: 'apps' },
        spec: { scaleTargetRef: { name: 'a' }, triggers: [trigger] },
      },
    ]),
  );
  expect(problems.map(({ message }) => message)).toEqual(['address with its "@" is no host:port']);
});
