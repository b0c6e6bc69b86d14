import { groupOf } from '../kubernetes/manifests.ts';
import type { ClusterView, Manifest } from '../model.ts';
import { type Chart, chartsOf } from './charts.ts';
import { isComplete } from './completeness.ts';
import { type Elsewhere, elsewhereOf } from './elsewhere.ts';
import { type ExternalServices, externalServicesOf } from './external-services.ts';
import { type KnownNamespace, namespacesOf } from './namespaces.ts';
import { type Workload, workloadOf } from './workloads.ts';

/** What lands in a cluster, for looking up. */
export interface ClusterIndex {
  readonly view: ClusterView;
  /** Whether all that Git brings is seen as it is applied, so that what is not there is missing. */
  readonly complete: boolean;
  readonly manifests: readonly Manifest[];
  readonly workloads: readonly Workload[];
  readonly charts: readonly Chart[];
  /** By name: those of Git and of `external.namespaces`. */
  readonly namespaces: ReadonlyMap<string, KnownNamespace>;
  readonly externalServices: ExternalServices;
  /** What else may be in the cluster. */
  readonly elsewhere: Elsewhere;
  /** All objects of a kind, in any version of its group. */
  objects(group: string, kind: string): readonly Manifest[];
  /**
   * The object of that name; for kinds without a namespace leave it out. An object or a
   * reference whose namespace only the engine knows meets any.
   */
  find(group: string, kind: string, name: string, namespace?: string): Manifest | undefined;
}

const indexes = new WeakMap<ClusterView, ClusterIndex>();

/** The index of a cluster, made once a run. */
export function clusterIndexOf(view: ClusterView): ClusterIndex {
  let index = indexes.get(view);
  if (!index) {
    index = makeIndex(view);
    indexes.set(view, index);
  }
  return index;
}

const separate = new WeakMap<ClusterView, readonly ClusterIndex[]>();

/**
 * What is surely side by side: all of a cluster, or each target by itself where no cluster is
 * known to sync them, for they may be the same app in several environments.
 */
export function indexesOf(view: ClusterView): readonly ClusterIndex[] {
  if (view.cluster) return [clusterIndexOf(view)];
  let indexes = separate.get(view);
  if (!indexes) {
    indexes = view.rendered.map((one) => clusterIndexOf({ rendered: [one] }));
    separate.set(view, indexes);
  }
  return indexes;
}

function makeIndex(view: ClusterView): ClusterIndex {
  const manifests = view.rendered.flatMap((one) => one.manifests);
  const byKind = Map.groupBy(manifests, (one) => `${groupOf(one.apiVersion)}/${one.kind}`);
  const byName = Map.groupBy(
    manifests,
    (one) => `${groupOf(one.apiVersion)}/${one.kind}/${one.name}`,
  );
  const charts = manifests.flatMap((one) => chartsOf(one));
  const namespaces = namespacesOf(view, byKind.get('/Namespace') ?? []);
  const externalServices = externalServicesOf(view);
  const complete = isComplete(view);
  return {
    view,
    complete,
    manifests,
    workloads: manifests.flatMap((one) => workloadOf(one) ?? []),
    charts,
    namespaces,
    externalServices,
    elsewhere: elsewhereOf({ complete, manifests, charts, namespaces, externalServices }),
    objects: (group, kind) => byKind.get(`${group}/${kind}`) ?? [],
    find: (group, kind, name, namespace) =>
      byName.get(`${group}/${kind}/${name}`)?.find((one) => couldMeet(one.namespace, namespace)),
  };
}

/** Two namespaces are the same, or one of them is not known. */
export function couldMeet(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
