/**
 * What an engine does to an empty cluster, in which order. Times are partial: two objects of
 * units that nothing orders may be applied in any order, and nobody should count on one.
 */
import type { Engine, Manifest } from '../../model.ts';
import type { ClusterSync } from '../sync-graph.ts';
import type { Unit, UnitId } from '../unit.ts';
import type { ApplicationHealth } from './application-health.ts';

/** All that one engine brings to one cluster, from what is applied by hand down to every object. */
export interface Plan {
  readonly sync: ClusterSync;
  /** The engine of what is applied by hand; units below may be of the other. */
  readonly engine: Engine;
  /** False when the cluster's description names the other engine: its wiring is kept in step. */
  readonly isLive: boolean;
  readonly units: readonly PlannedUnit[];
  /** Whether all that the units bring is known. */
  readonly isComplete: boolean;
  /** Whether waves of Applications wait for each other. */
  readonly health: ApplicationHealth;
  /** When one thing happens, seen from another. */
  orderOf(first: Moment, then: Moment): Order;
}

/** A unit and what it applies, in the order in which the engine does. */
export interface PlannedUnit {
  readonly unit: Unit;
  /** In the cluster of the plan; none of a unit that applies to another one. */
  readonly objects: readonly PlannedObject[];
  /** Units that are waited for: of `dependsOn`, and of the next earlier wave beside it. */
  readonly waitsFor: readonly UnitId[];
  /** From 1: how many rounds of waiting come before it, among what the same parent applies. */
  readonly stage: number;
  /** Whether what it brings is known: nothing else in Git, no unknown chart, no failed render. */
  readonly isKnown: boolean;
}

/** When something is applied: at a step of a unit, or with the unit as a whole. */
export interface Moment {
  readonly unit: Unit;
  readonly step?: Step;
}

/** One object at its step. */
export interface PlannedObject extends Moment {
  readonly manifest: Manifest;
  readonly step: Step;
  /** Where it lands; absent for what is in no namespace, and when only the cluster could tell. */
  readonly namespace?: string;
}

/** A place in the order of one unit. */
export interface Step {
  /** Argo CD: PreSync, Sync, PostSync. Always 1 with Flux. */
  readonly phase: number;
  /** Argo CD's sync wave; with Flux definitions are 0, classes 1 and all else 2. */
  readonly wave: number;
}

/**
 * `ready`: the first is surely ready before; `applied`: surely applied; `together`: in the same step
 * of one unit; `after`: surely later; `unordered`: nothing says.
 */
export type Order = 'ready' | 'applied' | 'together' | 'after' | 'unordered';
