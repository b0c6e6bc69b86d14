import type { Engine } from '../model.ts';
import type { Plan, PlannedObject, PlannedUnit } from '../sync/simulate/plan.ts';
import { compareSteps } from '../sync/simulate/step-of.ts';
import type { Unit } from '../sync/unit.ts';

/** What `plan` and `graph` tell; the stable form of `plan --json`. */
export interface PlanReport {
  readonly version: 1;
  readonly plans: readonly ReportedPlan[];
}

/** What one engine does to one cluster. */
export interface ReportedPlan {
  readonly cluster: string;
  readonly engine: Engine;
  /** False when the cluster's description names the other engine. */
  readonly live: boolean;
  /** Whether all that is brought is known: nothing from other repositories, no unknown chart. */
  readonly complete: boolean;
  /** Those that nothing applies first, then by stage. */
  readonly units: readonly ReportedUnit[];
}

/** A unit, after whatever it waits for. */
export interface ReportedUnit {
  readonly id: string;
  readonly kind: Unit['kind'];
  readonly namespace: string;
  readonly name: string;
  /** The unit that applies its object; absent when somebody does by hand. */
  readonly parent?: string;
  /** The ApplicationSet that makes it. */
  readonly generatedBy?: string;
  /** From 1, among what the same parent applies. */
  readonly stage: number;
  /** Of an Application below another: its phase and sync wave. */
  readonly wave?: number;
  readonly waitsFor: readonly string[];
  /** What whoever waits for it waits for. */
  readonly gate: 'ready' | 'applied' | 'created';
  readonly timeout?: string;
  readonly suspended: boolean;
  readonly automated: boolean;
  readonly prune: boolean;
  /** Paths and charts that it syncs. */
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  /** Counts by kind. */
  readonly objects: Readonly<Record<string, number>>;
  readonly steps: readonly ReportedStep[];
  /** What its chart brings; absent without a chart, and when nobody says. */
  readonly chart?: { readonly crds: number; readonly webhooks: number };
  readonly known: boolean;
}

/** What a unit applies at once. */
export interface ReportedStep {
  /** Argo CD: 0 PreSync, 1 Sync, 2 PostSync. */
  readonly phase: number;
  /** Sync wave; with Flux 0 definitions, 1 classes, 2 the rest. */
  readonly wave: number;
  /** Counts by kind. */
  readonly objects: Readonly<Record<string, number>>;
}

/** Plans as plain data, by cluster and engine. */
export function planReport(plans: readonly Plan[]): PlanReport {
  return { version: 1, plans: plans.map(reportPlan) };
}

function reportPlan(plan: Plan): ReportedPlan {
  const { sync, engine, isLive, isComplete, units } = plan;
  const inPlan = new Set(units.map(({ unit }) => unit.id));
  const reported = units.map((one) => reportUnit(one, plan, inPlan));
  return {
    cluster: sync.cluster.name,
    engine,
    live: isLive,
    complete: isComplete,
    units: reported.sort(byOrder),
  };
}

function byOrder(a: ReportedUnit, b: ReportedUnit): number {
  return (
    Number(a.parent !== undefined) - Number(b.parent !== undefined) ||
    a.stage - b.stage ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

function reportUnit(
  planned: PlannedUnit,
  { health, units }: Plan,
  inPlan: ReadonlySet<string>,
): ReportedUnit {
  const { unit, objects, stage, waitsFor, isKnown } = planned;
  const { id, kind, namespace, name, declared, gates, policy, release } = unit;
  const parent = unit.parents.find((one) => inPlan.has(one));
  const isWaved =
    kind === 'Application' &&
    units.some((one) => one.unit.id === parent && one.unit.kind === 'Application');
  const gate =
    kind === 'Application' && (health.gate === 'no' || declared.generated)
      ? 'created'
      : gates.wait
        ? 'ready'
        : 'applied';
  return {
    id,
    kind,
    namespace,
    name,
    ...(parent && { parent }),
    ...(declared.generated && { generatedBy: declared.generated.by }),
    stage,
    ...(isWaved && { wave: declared.generated ? 0 : unit.wave }),
    waitsFor,
    gate,
    ...(gates.timeout && { timeout: gates.timeout }),
    suspended: policy.suspended,
    automated: policy.automated,
    prune: policy.prune,
    sources: unit.sources.flatMap(sourceName),
    targets: unit.targets,
    objects: countKinds(objects),
    steps: stepsOf(objects),
    ...(release?.contents && {
      chart: { crds: release.contents.crds.length, webhooks: release.contents.webhooks.length },
    }),
    known: isKnown,
  };
}

function sourceName({
  kind,
  chart,
  path,
  repository,
  revision,
  isOwn,
}: Unit['sources'][number]): string[] {
  if (kind === 'files') return [];
  if (chart && kind === 'chart') return [`chart ${chart} ${revision.value || 'latest'}`];
  const folder = path === '' || path === undefined ? '.' : path;
  return [isOwn ? folder : `${folder} of ${repository || 'another repository'}`];
}

function countKinds(objects: readonly PlannedObject[]): Record<string, number> {
  const kinds = Map.groupBy(objects, ({ manifest }) => manifest.kind);
  const counts = [...kinds].map(([kind, all]) => [kind, all.length] as const);
  return Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function stepsOf(objects: readonly PlannedObject[]): ReportedStep[] {
  const steps: PlannedObject[][] = [];
  for (const object of objects) {
    const [first] = steps.at(-1) ?? [];
    if (first && compareSteps(first.step, object.step) === 0) steps.at(-1)?.push(object);
    else steps.push([object]);
  }
  return steps.flatMap((all) =>
    all.slice(0, 1).map(({ step }) => ({ ...step, objects: countKinds(all) })),
  );
}
