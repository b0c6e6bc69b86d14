import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest, Rendered } from '../model.ts';
import { takes } from './parents.ts';
import type { ClusterSync } from './sync-graph.ts';
import type { Unit } from './unit.ts';

/** Whether the objects of a manifest's kind live in a namespace; undefined when nobody knows. */
export type ScopeOfKind = (manifest: Manifest) => 'Cluster' | 'Namespaced' | undefined;

/** An object that a unit applies. */
export interface Applied {
  readonly unit: Unit;
  readonly manifest: Manifest;
  /** Where it lands; absent for what is cluster-wide. */
  readonly namespace?: string;
  /** The same for every unit that applies the same object of the same cluster. */
  readonly key: string;
}

/** Kinds whose scope is known without any schema. */
const clusterWide: ReadonlySet<string> = new Set([
  'Namespace',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'PersistentVolume',
  'StorageClass',
  'PriorityClass',
  'IngressClass',
]);

/** What the live engine's units apply in one cluster, object by object. */
export function appliedIn(
  sync: ClusterSync,
  rendered: readonly Rendered[],
  scopeOf: ScopeOfKind,
): Applied[] {
  const byName = new Map(rendered.map((one) => [one.target.name, one]));
  return liveUnits(sync).flatMap((unit) =>
    unit.targets.flatMap((name) => {
      const manifests = byName.get(name)?.manifests ?? [];
      return manifests
        .filter((manifest) => takes(unit, manifest))
        .map((manifest) => appliedBy(unit, manifest, scopeOf));
    }),
  );
}

/** The units of the engine that runs there; of both when `cluster.yaml` names none. */
export function liveUnits({ cluster, units }: ClusterSync): readonly Unit[] {
  return cluster.engine ? units.filter(({ engine }) => engine === cluster.engine) : units;
}

function appliedBy(unit: Unit, manifest: Manifest, scopeOf: ScopeOfKind): Applied {
  const scope = clusterWide.has(manifest.kind) ? 'Cluster' : scopeOf(manifest);
  const namespace =
    scope === 'Cluster' ? undefined : (manifest.namespace ?? unit.destination.namespace);
  const { cluster, server, name } = unit.destination;
  const key = [
    cluster ?? server ?? name ?? '',
    groupOf(manifest.apiVersion),
    manifest.kind,
    namespace ?? '',
    manifest.name,
  ].join(' ');
  return { unit, manifest, key, ...(namespace !== undefined && { namespace }) };
}
