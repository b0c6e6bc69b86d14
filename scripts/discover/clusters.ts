import { posix } from 'node:path';
import { clusterFileName, readCluster } from '../kubernetes/cluster-file.ts';
import { groupOf, manifestsOf } from '../kubernetes/manifests.ts';
import type { Cluster, Manifest, SourceFile } from '../model.ts';
import { isIn, isYaml } from './manifest-files.ts';
import type { Sources } from './sources.ts';
import { objectsIn, type Unit, unitsIn } from './units.ts';

/** A cluster with the objects below its folder and what they sync. */
export interface ClusterFolder {
  readonly cluster: Cluster;
  /** Folder from the repository root, such as `clusters/prod`; absent when none is its own. */
  readonly folder?: string;
  readonly manifestFiles: readonly string[];
  readonly units: readonly Unit[];
}

const clustersFolder = 'clusters';

/** What a repository without a folder of clusters deploys to. */
const onlyCluster = 'cluster';

/**
 * Finds the clusters of a repository: the folders that a configuration names, else each
 * folder in `clusters/`, described or not. Where there is neither, all sync objects of the
 * repository together are one cluster, unless two of them have the same name: then they
 * are for several, and which is for which is not known.
 */
export function findClusters(
  files: readonly string[],
  sources: Sources,
  folders: Readonly<Record<string, string>> = {},
): ClusterFolder[] {
  const plain = withoutTemplates(files);
  const given = Object.entries(folders);
  const below = plain.filter((file) => file.startsWith(`${clustersFolder}/`) && isYaml(file));
  const names = new Set(below.flatMap((file) => file.split('/').slice(1, -1)[0] ?? []));
  const found: [string, string][] = [...names].map((name) => [name, `${clustersFolder}/${name}`]);
  const known = given.length > 0 ? given : found;
  if (known.length === 0) return onlyClusterIn(plain, sources);
  return known.map(([name, folder]) => {
    const own = plain.filter((file) => isIn(file, folder) && isYaml(file));
    const read = own.flatMap((file) => sources.read(file) ?? []);
    return {
      cluster: describeCluster(folder, name, own, sources),
      folder,
      manifestFiles: read.filter(hasManifests).map(({ path }) => path),
      units: read.flatMap((source) => unitsIn(source, name)),
    };
  });
}

/** Files but for the templates of Helm charts, which are no YAML yet. */
function withoutTemplates(files: readonly string[]): readonly string[] {
  const charts = files.filter((file) => posix.basename(file) === 'Chart.yaml');
  if (charts.length === 0) return files;
  const templates = charts.map((file) => posix.join(posix.dirname(file), 'templates/'));
  return files.filter((file) => !templates.some((folder) => file.startsWith(folder)));
}

/** Only these texts can be sync objects; other files are not even parsed. */
const syncObject =
  /kustomize\.toolkit\.fluxcd\.io\/|argoproj\.io\/[\s\S]*kind: *["']?Application(?:Set)?["']?\s/;

function onlyClusterIn(files: readonly string[], sources: Sources): ClusterFolder[] {
  const read = files
    .filter((file) => isYaml(file) && syncObject.test(sources.peek(file) ?? ''))
    .flatMap((file) => sources.read(file) ?? []);
  const units = read.flatMap((source) => unitsIn(source, onlyCluster));
  const sets = read
    .flatMap(({ path, documents }) => objectsIn(path, documents))
    .filter(({ manifest }) => isApplicationSet(manifest));
  const wired = new Set([...units, ...sets].map(({ object }) => object.file));
  if (wired.size === 0) return [];
  const objects = new Map<string, string>();
  for (const { manifest, object } of [...units, ...sets]) {
    const { kind, namespace = '', name } = manifest;
    const key = `${kind}/${namespace}/${name}`;
    const place = JSON.stringify(object);
    if ((objects.get(key) ?? place) !== place) return [];
    objects.set(key, place);
  }
  const [first = ''] = [...wired].sort();
  const cluster = readCluster(undefined, onlyCluster, first);
  return [{ cluster, manifestFiles: [...wired], units }];
}

function isApplicationSet({ apiVersion, kind }: Manifest): boolean {
  return kind === 'ApplicationSet' && groupOf(apiVersion) === 'argoproj.io';
}

function hasManifests({ documents }: SourceFile): boolean {
  return manifestsOf(documents, {}).length > 0;
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
