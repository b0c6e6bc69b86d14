import { type ClusterIndex, couldMeet, indexesOf } from '../../cluster/cluster-index.ts';
import {
  type ConfigMapReference,
  configMapReferencesOf,
} from '../../cluster/config-map-references.ts';
import { recordAt } from '../../kubernetes/fields.ts';
import type { ClusterRule, Manifest, Problem } from '../../model.ts';
import { listed } from '../../secrets/wording.ts';
import { nearest } from '../../shared/nearest.ts';

export const configMapKeyExists: ClusterRule = {
  id: 'references/config-map-key-exists',
  scope: 'cluster',
  severity: 'error',
  summary: 'Every key that something reads of a ConfigMap is in it.',
  why: 'A container that asks for a key which is not there does not start.',
  fix: 'Correct the key, or add it to the ConfigMap.',
  docs: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/',

  *check(view) {
    for (const index of indexesOf(view)) yield* judge(index);
  },
};

function* judge(index: ClusterIndex): Generator<Problem> {
  const maps = Map.groupBy(index.objects('', 'ConfigMap'), ({ name }) => name);
  for (const manifest of index.manifests) {
    for (const reference of configMapReferencesOf(manifest)) {
      const own = (maps.get(reference.name) ?? []).filter((one) =>
        couldMeet(one.namespace, manifest.namespace),
      );
      yield* missingKeys(reference, own);
    }
  }
}

function* missingKeys(
  reference: ConfigMapReference,
  maps: readonly Manifest[],
): Generator<Problem> {
  const { manifest, by, name, optional } = reference;
  const keys = maps.flatMap(keysOf);
  // One without keys is there to be filled in the cluster.
  if (maps.length === 0 || maps.some((one) => keysOf(one).length === 0)) return;
  for (const { key, path } of reference.keys) {
    if (keys.includes(key)) continue;
    const meant = nearest(key, keys);
    if (optional && !meant) continue;
    yield {
      manifest,
      path,
      message: `${by} reads key "${key}" of ConfigMap ${name}, which does not have it`,
      fix: meant ? `Did you mean "${meant}"?` : `It has ${listed([...new Set(keys)].sort())}.`,
      ...(optional && { severity: 'note' as const }),
    };
  }
}

function keysOf({ data }: Manifest): string[] {
  return [...Object.keys(recordAt(data, ['data'])), ...Object.keys(recordAt(data, ['binaryData']))];
}
