import { listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { optional } from './flux-fields.ts';
import { texts } from './read-application.ts';
import type { KindPattern, Project } from './sync-graph.ts';
import { namespaceOf } from './unit-id.ts';

/** An AppProject. */
export function readProject(manifest: Manifest): Project {
  const { data, name } = manifest;
  const clusterAllowed = kinds(data, 'clusterResourceWhitelist');
  const namespacedAllowed = kinds(data, 'namespaceResourceWhitelist');
  return {
    name,
    namespace: namespaceOf(manifest),
    manifest,
    parents: [],
    sourceRepos: texts(data, ['spec', 'sourceRepos']),
    sourceNamespaces: texts(data, ['spec', 'sourceNamespaces']),
    destinations: listAt(data, ['spec', 'destinations']).map((one, index) => ({
      at: ['spec', 'destinations', index],
      ...optional('server', textAt(one, ['server'])),
      ...optional('name', textAt(one, ['name'])),
      ...optional('namespace', textAt(one, ['namespace'])),
    })),
    ...(clusterAllowed && { clusterAllowed }),
    clusterDenied: kinds(data, 'clusterResourceBlacklist') ?? [],
    ...(namespacedAllowed && { namespacedAllowed }),
    namespacedDenied: kinds(data, 'namespaceResourceBlacklist') ?? [],
    warnsOfOrphans: valueAt(data, ['spec', 'orphanedResources']) !== undefined,
  };
}

function kinds(data: unknown, field: string): KindPattern[] | undefined {
  const path: FieldPath = ['spec', field];
  if (!Array.isArray(valueAt(data, path))) return undefined;
  return listAt(data, path).map((one) => ({
    group: textAt(one, ['group']) ?? '',
    kind: textAt(one, ['kind']) ?? '',
    ...optional('name', textAt(one, ['name'])),
  }));
}
