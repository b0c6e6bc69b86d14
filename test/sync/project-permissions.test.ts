import { expect, test } from 'vitest';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import {
  permitsDestination,
  permitsKind,
  permitsRepository,
} from '../../scripts/sync/project-permissions.ts';
import { readProject } from '../../scripts/sync/read-project.ts';
import type { Project } from '../../scripts/sync/sync-graph.ts';

function project(spec: unknown): Project {
  const object = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'a' },
    spec,
  };
  const [manifest] = manifestsOf([object], {});
  if (!manifest) throw new Error('no project');
  return readProject(manifest);
}

test.for([
  [['*'], 'https://git.example.com/a/b', true],
  [['https://git.example.com/*'], 'https://git.example.com/a.git', true],
  [['https://git.example.com/*'], 'https://git.example.com/a/b.git', false],
  [['https://git.example.com/**'], 'https://git.example.com/a/b.git', true],
  [['https://git.example.com/a.git'], 'https://git.example.com/A/', true],
  [['https://git.example.com/a'], 'https://git.example.com/ab', false],
  [['*', '!https://git.example.com/secret/*'], 'https://git.example.com/secret/a', false],
  [['!https://git.example.com/secret/*'], 'https://git.example.com/a', false],
  [['https://git.example.com/team-?'], 'https://git.example.com/team-a', true],
  [[], 'https://git.example.com/a', false],
] as const)('repositories %j and %s: %s', ([sourceRepos, url, expected]) => {
  expect(permitsRepository(project({ sourceRepos }), url)).toBe(expected);
});

const here = 'https://kubernetes.default.svc';

test.for([
  [[{ server: here, namespace: 'web' }], { server: here }, 'web', true],
  [[{ server: here, namespace: 'web' }], { name: 'in-cluster' }, 'web', true],
  [[{ name: 'in-cluster', namespace: 'web' }], { server: here }, 'web', true],
  [[{ server: here, namespace: 'web' }], { server: 'https://other' }, 'web', false],
  [[{ server: here, namespace: 'team-*' }], { server: here }, 'team-a', true],
  [[{ server: '*', namespace: '*' }], { server: 'https://other' }, 'any', true],
  [
    [
      { server: '*', namespace: '*' },
      { server: '*', namespace: '!kube-*' },
    ],
    { server: here },
    'kube-system',
    false,
  ],
  [
    [
      { server: '*', namespace: '*' },
      { server: '*', namespace: '!kube-*' },
    ],
    { server: here },
    'web',
    true,
  ],
  [
    [
      { server: here, namespace: 'web' },
      { server: '!https://other', namespace: '*' },
    ],
    { server: 'https://other' },
    'web',
    false,
  ],
  [[], { server: here }, 'web', false],
] as const)(
  'destinations %j and %j, namespace %s: %s',
  ([destinations, to, namespace, expected]) => {
    expect(permitsDestination(project({ destinations }), to, namespace)).toBe(expected);
  },
);

const any = [{ group: '*', kind: '*' }];

test.for([
  [{}, 'v1', 'Namespace', true, false],
  [{}, 'v1', 'ConfigMap', false, true],
  [{ clusterResourceWhitelist: any }, 'v1', 'Namespace', true, true],
  [{ clusterResourceWhitelist: [] }, 'v1', 'Namespace', true, false],
  [
    { clusterResourceWhitelist: any, clusterResourceBlacklist: [{ group: '', kind: 'Namespace' }] },
    'v1',
    'Namespace',
    true,
    false,
  ],
  [
    { clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'team-*' }] },
    'v1',
    'Namespace',
    true,
    true,
  ],
  [
    { clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'other-*' }] },
    'v1',
    'Namespace',
    true,
    false,
  ],
  [{ namespaceResourceWhitelist: [] }, 'v1', 'ConfigMap', false, false],
  [
    { namespaceResourceWhitelist: [{ group: 'apps', kind: '*' }] },
    'apps/v1',
    'Deployment',
    false,
    true,
  ],
  [
    { namespaceResourceWhitelist: [{ group: '', kind: '*' }] },
    'apps/v1',
    'Deployment',
    false,
    false,
  ],
  [{ namespaceResourceBlacklist: [{ group: '*', kind: 'Secret' }] }, 'v1', 'Secret', false, false],
  [
    { namespaceResourceBlacklist: [{ group: '*', kind: 'Secret' }] },
    'bitnami.com/v1',
    'SealedSecret',
    false,
    true,
  ],
] as const)('kinds %j and %s %s', ([spec, apiVersion, kind, isClusterWide, expected]) => {
  expect(permitsKind(project(spec), { apiVersion, kind, name: 'team-a' }, isClusterWide)).toBe(
    expected,
  );
});
