import { listAt, textAt, valueAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { Cluster, Manifest, Rendered } from '../model.ts';
import { applicationsOf } from './application-set/applications.ts';
import type { SetContext } from './application-set/set-context.ts';
import type { IsOwn } from './own-repositories.ts';
import { withParents } from './parents.ts';
import { readApplication, texts } from './read-application.ts';
import { readHelmRelease } from './read-helm-release.ts';
import { readKustomization } from './read-kustomization.ts';
import { readProject } from './read-project.ts';
import { readSourceObject } from './read-source-object.ts';
import type { ApplicationSet, ClusterSync, SyncProblem } from './sync-graph.ts';
import { targetsAmong } from './targets-among.ts';
import type { Declaration, Unit } from './unit.ts';
import type { UnitContext } from './unit-context.ts';
import { namespaceOf } from './unit-id.ts';
import { wellKnownChart } from './well-known-charts.ts';

/** What the sync of one cluster is read from. */
export interface ClusterInput {
  readonly cluster: Cluster;
  readonly clusters: readonly string[];
  readonly manifests: readonly Manifest[];
  readonly rendered: readonly Rendered[];
  readonly isOwn: IsOwn;
  readonly set: SetContext;
}

const readers: Readonly<Record<string, typeof readApplication>> = {
  'argoproj.io/Application': readApplication,
  'kustomize.toolkit.fluxcd.io/Kustomization': readKustomization,
  'helm.toolkit.fluxcd.io/HelmRelease': readHelmRelease,
};

/** All that the engines of one cluster do, as its manifests say. */
export function clusterSyncOf(input: ClusterInput): ClusterSync {
  const { cluster, manifests, rendered, isOwn, set } = input;
  const own = rendered.filter(({ target }) => target.clusters.includes(cluster.name));
  const sources = manifests.flatMap((manifest) => readSourceObject(manifest, isOwn) ?? []);
  const context: UnitContext = {
    cluster,
    clusters: input.clusters,
    isOwn,
    sources: new Map(sources.map((source) => [source.id, source])),
    targetsAt: targetsAmong(own),
    contentsOf: (chart) =>
      Object.hasOwn(cluster.charts, chart) ? cluster.charts[chart] : wellKnownChart(chart),
  };
  const problems: SyncProblem[] = [];
  const units = new Map<string, Unit>();
  const add = (manifest: Manifest, declared: Declaration): string[] => {
    const read = readers[`${groupOf(manifest.apiVersion)}/${manifest.kind}`];
    const unit = read?.(manifest, declared, context);
    if (!unit) return [];
    const before = units.get(unit.id);
    units.set(unit.id, before ? alsoDeclared(before, declared.manifest) : unit);
    return [unit.id];
  };
  for (const manifest of manifests) add(manifest, { manifest, also: [] });
  const sets = manifests.filter(isSet).map((manifest): ApplicationSet => {
    const found = applicationsOf(manifest, set);
    problems.push(...found.problems);
    const ids = found.applications.flatMap((one) =>
      add(one.manifest, { manifest, also: [], generated: one.generated }),
    );
    return readSet(manifest, ids, found.isComplete);
  });
  const projects = manifests.filter(isProject).map(readProject);
  const parts = { units: [...units.values()], applicationSets: sets, projects, sources };
  return { cluster, ...withParents(parts, own), problems };
}

function alsoDeclared(unit: Unit, manifest: Manifest): Unit {
  const { declared } = unit;
  return { ...unit, declared: { ...declared, also: [...declared.also, manifest] } };
}

function isSet({ apiVersion, kind }: Manifest): boolean {
  return kind === 'ApplicationSet' && groupOf(apiVersion) === 'argoproj.io';
}

function isProject({ apiVersion, kind }: Manifest): boolean {
  return kind === 'AppProject' && groupOf(apiVersion) === 'argoproj.io';
}

function readSet(
  manifest: Manifest,
  units: readonly string[],
  isComplete: boolean,
): ApplicationSet {
  const { data, name } = manifest;
  return {
    name,
    namespace: namespaceOf(manifest),
    manifest,
    parents: [],
    units,
    isComplete: isComplete && listAt(data, ['spec', 'generators']).length > 0,
    goTemplate: valueAt(data, ['spec', 'goTemplate']) === true,
    goTemplateOptions: texts(data, ['spec', 'goTemplateOptions']),
    preserveResources:
      valueAt(data, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) === true,
    strategy: textAt(data, ['spec', 'strategy', 'type']) ?? 'AllAtOnce',
  };
}
