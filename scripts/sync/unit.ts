import type { ChartContents, Engine, FieldPath, Manifest } from '../model.ts';
import type { UnitSource } from './unit-source.ts';

/** Identifies a unit within its cluster: `argocd Application argocd/ai-assistant`. */
export type UnitId = string;

/** The smallest thing that an engine syncs as one. */
export interface Unit {
  readonly id: UnitId;
  readonly engine: Engine;
  readonly kind: 'Application' | 'Kustomization' | 'HelmRelease';
  readonly name: string;
  readonly namespace: string;
  readonly declared: Declaration;
  /** The whole object as the engine sees it: templates filled in. Paths in this unit are paths in it. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The units that apply this object itself; none when somebody applies it by hand. */
  readonly parents: readonly UnitId[];
  readonly sources: readonly UnitSource[];
  /** Names of the rendered targets that it applies. */
  readonly targets: readonly string[];
  /** How the object changes what it applies: `spec.patches`, `spec.postBuild`, ... */
  readonly changes: readonly FieldPath[];
  readonly destination: Destination;
  /** `argocd.argoproj.io/sync-wave` of the object itself; 0 when it has none. */
  readonly wave: number;
  readonly dependsOn: readonly Dependency[];
  readonly gates: Gates;
  readonly policy: SyncPolicy;
  /** Argo CD's AppProject. */
  readonly project?: string;
  readonly finalizers: readonly string[];
  readonly ignored: readonly IgnoredDifference[];
  /** Only of a HelmRelease, and of an Application with a chart. */
  readonly release?: HelmReleaseOptions;
}

/** Where a unit is declared. `placeOf` finds the line of one of its fields. */
export interface Declaration {
  readonly manifest: Manifest;
  /** Further manifests that declare the same object: the engine keeps only one of them. */
  readonly also: readonly Manifest[];
  /** The ApplicationSet that generates it. */
  readonly generated?: Generated;
}

/** How an ApplicationSet comes to one Application. */
export interface Generated {
  /** Name of the ApplicationSet, in the same namespace. */
  readonly by: string;
  /** The generator in the ApplicationSet: `['spec', 'generators', 0]`. */
  readonly generator: FieldPath;
  /** Objects of the ApplicationSet that say fields of the Application, the deciding one first. */
  readonly templates: readonly FieldPath[];
  /** Parameters it was filled with. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The Application before `templatePatch`, when there is one. */
  readonly unpatched?: Readonly<Record<string, unknown>>;
}

/** Where a unit's objects go. */
export interface Destination {
  readonly server?: string;
  readonly name?: string;
  /** Given to objects without one (Argo CD, a release) or to all (Flux `targetNamespace`). */
  readonly namespace?: string;
  /** Name of the cluster when it is told: the one the engine runs in, or a known one by name. */
  readonly cluster?: string;
}

/** A unit that must be ready before this one is applied. */
export interface Dependency {
  readonly id: UnitId;
  readonly name: string;
  readonly namespace: string;
  readonly at: FieldPath;
  /** A CEL expression that must hold besides readiness. */
  readonly readyExpr?: string;
}

/** What decides when a unit is ready. */
export interface Gates {
  /** Waits for all that it applies. Argo CD's waves always do; a HelmRelease unless told not to. */
  readonly wait: boolean;
  readonly healthChecks: readonly HealthCheck[];
  /** Kinds whose health a CEL expression decides, as `apiVersion/kind`. */
  readonly healthCheckExprs: readonly string[];
  readonly timeout?: string;
  readonly interval?: string;
  readonly retryInterval?: string;
}

/** An object whose health Flux waits for. */
export interface HealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly at: FieldPath;
}

/** How an engine syncs a unit. */
export interface SyncPolicy {
  /** Syncs by itself; Flux always does. */
  readonly automated: boolean;
  /** Removes what is no longer in Git. */
  readonly prune: boolean;
  /** Undoes changes made in the cluster. */
  readonly selfHeal: boolean;
  /** Argo CD allows an automated sync to remove everything. */
  readonly allowEmpty: boolean;
  readonly suspended: boolean;
  /** Recreates what cannot be changed (Flux `force`, Argo CD `Force=true`, `Replace=true`). */
  readonly force: boolean;
  /** Makes the destination namespace. */
  readonly createsNamespace: boolean;
  /** As written: `ServerSideApply=true`. */
  readonly options: readonly string[];
  /** Flux: `MirrorPrune`, `Delete`, `WaitForTermination` or `Orphan`. */
  readonly deletion?: string;
  /** Another identity applies it. */
  readonly serviceAccount?: string;
  /** Another cluster, through a kubeconfig: it is not this cluster then. */
  readonly remote: boolean;
}

/** Fields that Argo CD does not compare, or Flux does not correct. */
export interface IgnoredDifference {
  readonly at: FieldPath;
  readonly group: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly jsonPointers: readonly string[];
  readonly jqPathExpressions: readonly string[];
  readonly managers: readonly string[];
}

/** What Helm is told besides the chart. */
export interface HelmReleaseOptions {
  readonly name: string;
  /** Where Flux keeps the release's own record. */
  readonly storageNamespace?: string;
  /** `Create`, `CreateReplace` or `Skip`; Argo CD: `Skip` with `skipCrds`. */
  readonly installCrds: string;
  readonly upgradeCrds: string;
  /** What the chart brings, when `cluster.yaml` or the built-in table says; absent when not known. */
  readonly contents?: ChartContents;
  /** ConfigMaps and Secrets with values, in the unit's namespace. */
  readonly valuesFrom: readonly ValuesReference[];
  readonly disableWait: boolean;
}

export interface ValuesReference {
  readonly at: FieldPath;
  readonly kind: string;
  readonly name: string;
  readonly key: string;
  readonly optional: boolean;
}
