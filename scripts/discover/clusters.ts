import { posix } from 'node:path';
import { clusterFileName, readCluster } from '../kubernetes/cluster-file.ts';
import { manifestsOf } from '../kubernetes/manifests.ts';
import { type SyncedPath, syncedPathsOf } from '../kubernetes/sync-objects.ts';
import type { Cluster } from '../model.ts';
import type { Sources } from './sources.ts';

/** A cluster with the objects below its folder and what they sync. */
export interface ClusterFolder {
  readonly cluster: Cluster;
  /** Folder from the repository root, such as `clusters/prod`. */
  readonly folder: string;
  readonly manifestFiles: readonly string[];
  readonly synced: readonly (SyncedPath & { readonly file: string })[];
}

const clustersFolder = 'clusters';

/** Reads `clusters/<name>/`: each folder there is a cluster, described or not. */
export function findClusters(files: readonly string[], sources: Sources): ClusterFolder[] {
  const below = files.filter((file) => file.startsWith(`${clustersFolder}/`) && isYaml(file));
  const names = new Set(below.flatMap((file) => file.split('/').slice(1, -1)[0] ?? []));
  return [...names].map((name) => {
    const folder = `${clustersFolder}/${name}`;
    const own = below.filter((file) => file.startsWith(`${folder}/`));
    const manifests = own.flatMap((file) =>
      manifestsOf(sources.read(file)?.documents ?? [], {}).map((manifest) => ({ file, manifest })),
    );
    return {
      cluster: describeCluster(folder, name, own, sources),
      folder,
      manifestFiles: [...new Set(manifests.map(({ file }) => file))],
      synced: manifests.flatMap(({ file, manifest }) =>
        syncedPathsOf(manifest).map((synced) => ({ ...synced, file })),
      ),
    };
  });
}

function describeCluster(
  folder: string,
  name: string,
  files: readonly string[],
  sources: Sources,
): Cluster {
  const file = posix.join(folder, clusterFileName);
  const document = files.includes(file) ? sources.read(file)?.documents[0] : undefined;
  return readCluster(document, name, document === undefined ? folder : file);
}

/** Whether a file is YAML or JSON by its name. */
export function isYaml(file: string): boolean {
  return /\.(ya?ml|json)$/.test(file);
}
