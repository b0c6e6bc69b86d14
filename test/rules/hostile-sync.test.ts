import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCluster } from '../../scripts/kubernetes/cluster-file.ts';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import type { Problem, Rendered, Repository } from '../../scripts/model.ts';
import { syncRules } from '../../scripts/rules/sync-rules.ts';

const rules = syncRules({
  scopeOf: ({ kind }) => (kind.startsWith('Cluster') ? 'Cluster' : 'Namespaced'),
});

function rendered(objects: readonly unknown[]): Rendered[] {
  return ['clusters/prod', 'apps/web', 'apps/api'].map((path, index) => {
    const target = {
      name: path,
      path,
      kind: 'kustomization' as const,
      clusters: ['prod'],
      engines: ['argocd' as const, 'flux' as const],
      syncedBy: ['clusters/prod/a.yaml'],
    };
    const own = objects.filter((_, at) => at % 3 === index);
    const files = [`${path}/kustomization.yaml`];
    return { target, manifests: manifestsOf(own, { target }), files, failures: [] };
  });
}

function repositoryOf(now: readonly unknown[], then: readonly unknown[]): Repository {
  const side = (objects: readonly unknown[]) => ({
    sources: [
      {
        path: 'apps/web/kustomization.yaml',
        text: '{}',
        documents: objects.slice(0, 2),
        syntaxProblems: [],
      },
    ],
    clusters: [
      readCluster(
        { name: 'prod', environment: 'prod', kustomize: '4.0.0' },
        'prod',
        'clusters/prod/cluster.yaml',
      ),
    ],
    rendered: rendered(objects),
    files: ['apps/web/kustomization.yaml', 'apps/api/kustomization.yaml', 'clusters/prod/a.yaml'],
  });
  return { ...side(now), base: { ...side(then), isWhole: true } };
}

function problemsOf(repository: Repository): Problem[] {
  return rules.flatMap((rule) => {
    if (rule.scope === 'repository') return [...rule.check(repository)];
    if (rule.scope === 'target') return repository.rendered.flatMap((one) => [...rule.check(one)]);
    throw new Error(`${rule.id} has another scope`);
  });
}

const kinds = [
  'argoproj.io/v1alpha1/Application', 'argoproj.io/v1alpha1/ApplicationSet',
  'argoproj.io/v1alpha1/AppProject', 'kustomize.toolkit.fluxcd.io/v1/Kustomization',
  'source.toolkit.fluxcd.io/v1/GitRepository', 'helm.toolkit.fluxcd.io/v2/HelmRelease',
  'v1/Namespace', 'v1/ConfigMap', 'apps/v1/Deployment', 'apps/v1/StatefulSet',
  'v1/PersistentVolumeClaim', 'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
  'kustomize.config.k8s.io/v1alpha1/Component',
]; // biome-ignore format: a table

const fields = [
  'spec', 'source', 'sources', 'path', 'repoURL', 'targetRevision', 'chart', 'ref', 'helm',
  'valueFiles', 'kustomize', 'directory', 'destination', 'destinations', 'namespace', 'server',
  'name', 'project', 'sourceRepos', 'syncPolicy', 'automated', 'syncOptions', 'prune', 'wait',
  'dependsOn', 'healthChecks', 'sourceRef', 'kind', 'interval', 'timeout', 'url', 'branch', 'tag',
  'generators', 'list', 'elements', 'template', 'metadata', 'finalizers', 'annotations', 'labels',
  'ignoreDifferences', 'jsonPointers', 'group', 'clusterResourceWhitelist', 'replacements',
  'namespaceResourceWhitelist', 'strategy', 'type', 'goTemplate', 'selector', 'roleRef', 'data',
  'fieldPath', 'components', 'volumeClaimTemplates', '__proto__', 'constructor', 'targetNamespace',
]; // biome-ignore format: a table

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<unknown>(null, '', 'a', 'web', '*', '!*', '**/[', '(', -1, 0, 1e300, true),
    fc.constantFrom<unknown>(
      'apps/web',
      '../..',
      'https://kubernetes.default.svc',
      'argocd',
      '{{ .x }}',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 8 }),
  ),
}));

const object = fc
  .tuple(fc.constantFrom(...kinds), fc.constantFrom('a', 'b', 'argocd-cm'), value, value)
  .map(([kind, name, spec, wild]) => {
    const slash = kind.lastIndexOf('/');
    const isMapping = typeof spec === 'object' && spec !== null && !Array.isArray(spec);
    const usual = {
      path: 'apps/web',
      source: { path: 'apps/web', repoURL: 'https://git.example.com/a' },
      sourceRef: { kind: 'GitRepository', name: 'a' },
    };
    return {
      apiVersion: kind.slice(0, slash),
      kind: kind.slice(slash + 1),
      metadata: { name, namespace: 'argocd', annotations: wild },
      spec: isMapping ? { ...usual, ...spec } : spec,
      data: wild,
    };
  });

test('no objects, however wrong, make a rule about syncing throw', () => {
  const objects = fc.array(object, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(objects, objects, (now, then) => {
      for (const { message } of problemsOf(repositoryOf(now, then))) {
        expect(message).toMatch(/^\S.*[^.]$/s);
      }
    }),
    { numRuns: 500 },
  );
});

test('a chain of two thousand dependencies that ends in itself is told once', () => {
  const chain = Array.from({ length: 2000 }, (_, index) => ({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: `k${index}`, namespace: 'flux-system' },
    spec: { dependsOn: [{ name: `k${(index + 1) % 2000}` }] },
  }));
  const problems = problemsOf(repositoryOf(chain, []));
  expect(problems.filter(({ message }) => message.includes('waits for'))).toHaveLength(1);
});

test('a pattern of a project is no way to make a regular expression slow', () => {
  const project = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'a', namespace: 'argocd' },
    spec: {
      sourceRepos: [`${'**a'.repeat(40)}b`],
      destinations: [{ namespace: `${'*a'.repeat(40)}b` }],
    },
  };
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'a', namespace: 'argocd' },
    spec: {
      project: 'a',
      source: { path: 'apps/web', repoURL: 'a'.repeat(60) },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'a'.repeat(60) },
    },
  };
  expect(problemsOf(repositoryOf([project, application], [])).length).toBeGreaterThan(0);
}, 20_000);
