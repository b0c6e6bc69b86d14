import { posix } from 'node:path';
import { clusterFileName } from '../../kubernetes/cluster-file.ts';
import { isRecord, recordAt, textAt } from '../../kubernetes/fields.ts';
import { openLocator } from '../../kubernetes/locate-field.ts';
import { manifestsOf } from '../../kubernetes/manifests.ts';
import type {
  Cluster,
  FieldPath,
  Location,
  Manifest,
  PostBuild,
  Rendered,
  SourceFile,
} from '../../model.ts';

/** The variables of one Flux Kustomization. */
export interface Variables {
  /** A value that Git tells. */
  valueOf(name: string): string | undefined;
  /** Where a variable may have a value that Git does not tell, as `Secret flux-system/vars`. */
  unknownFrom(name: string): string | undefined;
  /** Where a variable gets its value. */
  placeOf(name: string): Location | undefined;
  readonly names: readonly string[];
}

/** What is searched for ConfigMaps and Secrets. */
export interface VariableSources {
  readonly rendered: readonly Rendered[];
  readonly clusters: readonly Cluster[];
  readonly sources: ReadonlyMap<string, SourceFile>;
}

interface Known {
  /** Absent for what a Secret has. */
  readonly value?: string;
  readonly from: string;
  readonly place: () => Location | undefined;
}

/**
 * Collects variables as Flux does: from ConfigMaps and Secrets in their order, and last from
 * the object itself. Values of Secrets are left where they are.
 */
export function variablesOf(postBuild: PostBuild, context: VariableSources): Variables {
  const known = new Map<string, Known>();
  const open: string[] = [];
  for (const { kind, name } of postBuild.from) {
    const from = `${kind} ${postBuild.namespace}/${name}`;
    const found = findObject(kind, name, postBuild, context);
    if (!found) open.push(from);
    const fields = kind === 'Secret' ? ['data', 'stringData'] : ['data'];
    for (const field of found ? fields : []) {
      for (const [key, value] of Object.entries(recordAt(found?.data, [field]))) {
        const place = () => found && placeIn(found.files, kind, name, [field, key], context);
        const text = String(value ?? '').replaceAll('\n', '');
        known.set(key, { from, place, ...(kind !== 'Secret' && { value: text }) });
      }
    }
  }
  const { file, document, at } = postBuild.object;
  for (const [key, value] of Object.entries(postBuild.substitute)) {
    const path = [...at, 'spec', 'postBuild', 'substitute', key];
    const place = () => locate(context.sources.get(file), document, path);
    known.set(key, { value: value.replaceAll('\n', ''), from: file, place });
  }
  return {
    valueOf: (name) => known.get(name)?.value,
    unknownFrom(name) {
      const one = known.get(name);
      if (one) return one.value === undefined ? one.from : undefined;
      return open[0];
    },
    placeOf: (name) => known.get(name)?.place(),
    names: [...known.keys()],
  };
}

interface Found {
  readonly data: Manifest['data'];
  /** The files that may declare it. */
  readonly files: readonly string[];
}

function findObject(
  kind: string,
  name: string,
  { namespace, cluster, object }: PostBuild,
  { rendered, clusters, sources }: VariableSources,
): Found | undefined {
  const isIt = (one: Manifest) =>
    one.apiVersion === 'v1' &&
    one.kind === kind &&
    one.name === name &&
    (one.namespace ?? namespace) === namespace;
  for (const { target, manifests, files } of rendered) {
    if (!target.clusters.includes(cluster)) continue;
    const found = manifests.find(isIt);
    if (found) return { data: found.data, files };
  }
  const own = clusters.find((one) => one.name === cluster)?.file ?? '';
  // A cluster without a folder of its own has the whole repository.
  const isFile = /\.ya?ml$/.test(own);
  const folder = isFile && posix.basename(own) === clusterFileName ? posix.dirname(own) : own;
  const isOwn = (path: string) => (isFile && folder === own) || path.startsWith(`${folder}/`);
  for (const source of sources.values()) {
    if (source.path !== object.file && !isOwn(source.path)) continue;
    const found = manifestsOf(source.documents, {}).find(isIt);
    if (found) return { data: found.data, files: [source.path] };
  }
  return undefined;
}

function placeIn(
  files: readonly string[],
  kind: string,
  name: string,
  path: FieldPath,
  { sources }: VariableSources,
): Location | undefined {
  for (const file of files) {
    const source = sources.get(file);
    const document = source?.documents.findIndex(
      (one) =>
        isRecord(one) &&
        textAt(one, ['kind']) === kind &&
        textAt(one, ['metadata', 'name']) === name,
    );
    if (document !== undefined && document >= 0) return locate(source, document, path);
  }
  return undefined;
}

function locate(
  source: SourceFile | undefined,
  document: number,
  path: FieldPath,
): Location | undefined {
  return source && openLocator(source.text, source.path).locate(document, path).location;
}
