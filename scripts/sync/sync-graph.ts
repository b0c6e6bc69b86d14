/**
 * The nouns of the sync graph: who applies what, from where, to where, in which order, with what
 * pruning. One shape for Argo CD and Flux. Everything is plain data which nobody changes once
 * it is made; what is absent is not said in Git, and defaults are filled in where the
 * engine's documentation names them.
 */
import type { Cluster, FieldPath, Manifest } from '../model.ts';
import type { Unit, UnitId } from './unit.ts';
import type { Revision } from './unit-source.ts';

/** What the engines of all clusters do. */
export interface SyncGraph {
  readonly clusters: readonly ClusterSync[];
}

/** What is wired in one cluster: all that its engines read there, of both engines. */
export interface ClusterSync {
  readonly cluster: Cluster;
  readonly units: readonly Unit[];
  readonly applicationSets: readonly ApplicationSet[];
  readonly projects: readonly Project[];
  readonly sources: readonly SourceObject[];
  /** What the reading met. A rule tells the `fault`s; `unknown` only means: be silent about it. */
  readonly problems: readonly SyncProblem[];
}

/** A field of a manifest, as problems name it. */
export interface Place {
  readonly manifest: Manifest;
  readonly path: FieldPath;
}

/** Something that the wiring says and that cannot be followed. */
export interface SyncProblem extends Place {
  /** `fault`: the engine refuses it too; `unknown`: it cannot be told offline. */
  readonly kind: 'fault' | 'unknown';
  /** One clause without a full stop, naming the object. */
  readonly message: string;
}

/** An ApplicationSet and what is known of its Applications. */
export interface ApplicationSet {
  readonly name: string;
  readonly namespace: string;
  readonly manifest: Manifest;
  /** Units that apply the ApplicationSet itself. */
  readonly parents: readonly UnitId[];
  readonly units: readonly UnitId[];
  /** False when there may be more Applications than are known here. */
  readonly isComplete: boolean;
  readonly goTemplate: boolean;
  readonly goTemplateOptions: readonly string[];
  readonly preserveResources: boolean;
  /** Of `spec.strategy`: `AllAtOnce` or `RollingSync`. */
  readonly strategy: string;
}

/** An AppProject: what its Applications may do. Patterns are as written; `!` refuses. */
export interface Project {
  readonly name: string;
  readonly namespace: string;
  readonly manifest: Manifest;
  readonly parents: readonly UnitId[];
  readonly sourceRepos: readonly string[];
  readonly sourceNamespaces: readonly string[];
  readonly destinations: readonly ProjectDestination[];
  /** Absent: no cluster-wide kind is allowed. */
  readonly clusterAllowed?: readonly KindPattern[];
  readonly clusterDenied: readonly KindPattern[];
  /** Absent: every kind in a namespace is allowed. */
  readonly namespacedAllowed?: readonly KindPattern[];
  readonly namespacedDenied: readonly KindPattern[];
  /** Whether resources that belong to no Application are told. */
  readonly warnsOfOrphans: boolean;
}

interface ProjectDestination {
  readonly at: FieldPath;
  readonly server?: string;
  readonly name?: string;
  readonly namespace?: string;
}

export interface KindPattern {
  readonly group: string;
  readonly kind: string;
  /** Newer Argo CD: only objects of this name. */
  readonly name?: string;
}

/** A Flux object that fetches something. */
export interface SourceObject {
  /** `kind/namespace/name`. */
  readonly id: string;
  readonly kind: 'GitRepository' | 'OCIRepository' | 'HelmRepository' | 'Bucket';
  readonly name: string;
  readonly namespace: string;
  readonly manifest: Manifest;
  readonly parents: readonly UnitId[];
  readonly url: string;
  readonly isOwn: boolean;
  readonly revision: Revision;
  readonly suspended: boolean;
  /** Secret with credentials, in its namespace. */
  readonly secret?: string;
  /** `.spec.ignore`: patterns of files left out, as in .gitignore. */
  readonly ignore?: string;
}
