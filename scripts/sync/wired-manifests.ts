import { posix } from 'node:path';
import { clusterFileName } from '../kubernetes/cluster-file.ts';
import { valueAt } from '../kubernetes/fields.ts';
import { groupOf, manifestsOf } from '../kubernetes/manifests.ts';
import type { Cluster, Manifest, Repository } from '../model.ts';

type Input = Pick<Repository, 'sources' | 'clusters' | 'rendered'>;

const localConfig = ['metadata', 'annotations', 'config.kubernetes.io/local-config'];

/**
 * Every object that lands in a cluster, by the cluster's name: what its targets render to, and
 * what stands below its folder and is in no target that could be rendered. Of a cluster
 * without a folder of its own, only sync objects are looked for outside of targets.
 */
export function wiredManifests({ sources, clusters, rendered }: Input): Map<string, Manifest[]> {
  return new Map(
    clusters.map((cluster) => {
      const own = rendered.filter(({ target }) => target.clusters.includes(cluster.name));
      const done = new Set(
        own.flatMap(({ files, failures }) => (failures.length > 0 ? [] : files)),
      );
      const folder = folderOf(cluster);
      const left = sources
        .filter(({ path }) => !done.has(path) && (!folder || path.startsWith(`${folder}/`)))
        .flatMap(({ path, documents }) => manifestsOf(documents, { origin: { file: path } }))
        .filter(({ data }) => valueAt(data, localConfig) !== 'true')
        .filter(({ apiVersion }) => folder !== undefined || syncGroups.test(groupOf(apiVersion)));
      return [cluster.name, [...own.flatMap(({ manifests }) => manifests), ...left]];
    }),
  );
}

const syncGroups = /^argoproj\.io$|\.toolkit\.fluxcd\.io$/;

/** The folder of a cluster's wiring, whether or not a file describes the cluster. */
function folderOf({ file }: Cluster): string | undefined {
  if (posix.basename(file) === clusterFileName) return posix.dirname(file);
  return /\.(ya?ml|json)$/.test(file) ? undefined : file;
}
