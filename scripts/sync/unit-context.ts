import type { ChartContents, Cluster, Engine } from '../model.ts';
import type { IsOwn } from './own-repositories.ts';
import type { SourceObject } from './sync-graph.ts';
import type { Declaration } from './unit.ts';

/** What units of one cluster are read with besides their objects. */
export interface UnitContext {
  readonly cluster: Cluster;
  /** Names of all clusters. */
  readonly clusters: readonly string[];
  readonly isOwn: IsOwn;
  /** Flux sources by `kind/namespace/name`. */
  readonly sources: ReadonlyMap<string, SourceObject>;
  /** Names of the targets that a path is rendered as when an engine syncs it for an object. */
  targetsAt(path: string, engine: Engine, declared: Declaration): readonly string[];
  /** What a chart brings; undefined when nobody says. */
  contentsOf(chart: string): ChartContents | undefined;
}
