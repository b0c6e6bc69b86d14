import { readCluster } from '../../scripts/kubernetes/cluster-file.ts';
import { manifestsOf } from '../../scripts/kubernetes/manifests.ts';
import { readYaml } from '../../scripts/kubernetes/yaml.ts';
import type { Rendered, Target } from '../../scripts/model.ts';
import type { ClusterSync } from '../../scripts/sync/sync-graph.ts';
import { type SyncInput, syncGraphOf } from '../../scripts/sync/sync-graph-of.ts';
import type { Unit } from '../../scripts/sync/unit.ts';

/** A target of the cluster `dev` that applies files as they stand. */
export interface GivenTarget extends Partial<Target> {
  readonly path: string;
  readonly files: readonly string[];
  readonly fails?: boolean;
}

/** A repository with one cluster, `dev`, without a build. */
export function inputOf(
  files: Readonly<Record<string, string>>,
  targets: readonly GivenTarget[] = [],
): SyncInput {
  const sources = Object.entries(files).map(([path, text]) => {
    const { documents, problems } = readYaml(text, path);
    return { path, text, documents, syntaxProblems: problems };
  });
  const described = sources.find(({ path }) => path === 'clusters/dev/cluster.yaml');
  const rendered = targets.map(({ files: own, fails, ...more }): Rendered => {
    const target: Target = {
      name: more.path,
      kind: 'manifests',
      clusters: ['dev'],
      engines: [],
      syncedBy: [],
      ...more,
    };
    const manifests = sources
      .filter(({ path }) => own.includes(path))
      .flatMap(({ path, documents }) => manifestsOf(documents, { origin: { file: path }, target }));
    const location = { file: own[0] ?? '', line: 1, column: 1 };
    return {
      target,
      files: own,
      manifests: fails ? [] : manifests,
      failures: fails ? [{ rule: 'render/builds', message: 'no', location }] : [],
    };
  });
  const file = described ? described.path : 'clusters/dev';
  return {
    sources,
    files: Object.keys(files).sort(),
    rendered,
    clusters: [readCluster(described?.documents[0], 'dev', file)],
  };
}

/** The sync of the cluster `dev`. */
export function syncOf(
  files: Readonly<Record<string, string>>,
  targets: readonly GivenTarget[] = [],
): ClusterSync {
  const [cluster] = syncGraphOf(inputOf(files, targets)).clusters;
  if (!cluster) throw new Error('there is no cluster');
  return cluster;
}

/** The unit of that name. */
export function unitIn({ units }: ClusterSync, name: string): Unit {
  const unit = units.find((one) => one.name === name);
  if (!unit) throw new Error(`no unit ${name} among ${units.map(({ id }) => id).join(', ')}`);
  return unit;
}
