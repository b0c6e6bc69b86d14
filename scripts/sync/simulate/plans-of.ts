import type { Cluster, Engine, Manifest, Rendered } from '../../model.ts';
import type { ClusterSync } from '../sync-graph.ts';
import { type SyncInput, syncGraphOf } from '../sync-graph-of.ts';
import type { Unit, UnitId } from '../unit.ts';
import { isOrderUnseen } from '../unseen.ts';
import { wiredManifests } from '../wired-manifests.ts';
import { type ApplicationHealth, applicationHealth } from './application-health.ts';
import { compareKinds } from './kind-order.ts';
import { hasKnownContents } from './known-contents.ts';
import { orderIn } from './order-of.ts';
import type { Plan, PlannedObject, PlannedUnit } from './plan.ts';
import { stagesOf } from './stages-of.ts';
import { compareSteps, stepOf } from './step-of.ts';

const known = new WeakMap<SyncInput, readonly Plan[]>();

/** What every engine does in every cluster that it is wired in. Made once a repository. Never throws. */
export function plansOf(repository: SyncInput): readonly Plan[] {
  const plans = known.get(repository) ?? makePlans(repository);
  known.set(repository, plans);
  return plans;
}

/** Those of them whose order is known: when only a part was rendered, what keeps it may be missing. */
export function seenPlansOf(repository: SyncInput): readonly Plan[] {
  return plansOf(repository).filter(
    ({ units }) =>
      !isOrderUnseen(
        units.map(({ unit }) => unit),
        repository.files,
      ),
  );
}

function makePlans(repository: SyncInput): Plan[] {
  const wired = wiredManifests(repository);
  return syncGraphOf(repository).clusters.flatMap((sync) => {
    const { name } = sync.cluster;
    const own = repository.rendered.filter(({ target }) => target.clusters.includes(name));
    const health = applicationHealth(wired.get(name) ?? [], sync.units);
    return engines(sync).map((engine) => planOf(sync, engine, own, health));
  });
}

/** The engines of what nobody else applies; the live one first. */
function engines({ cluster, units }: ClusterSync): Engine[] {
  const roots = rootsOf(units);
  const found = (['argocd', 'flux'] as const).filter((engine) =>
    [...roots.values()].includes(engine),
  );
  return found.sort((a, b) => Number(isLive(b, cluster)) - Number(isLive(a, cluster)));
}

function isLive(engine: Engine, { engine: said }: Cluster): boolean {
  return said === undefined || said === engine;
}

function planOf(
  sync: ClusterSync,
  engine: Engine,
  rendered: readonly Rendered[],
  health: ApplicationHealth,
): Plan {
  const byName = new Map(rendered.map((one) => [one.target.name, one]));
  const roots = rootsOf(sync.units);
  const units = sync.units.filter(({ id }) => roots.get(id) === engine);
  const objects = new Map(units.map((unit) => [unit.id, objectsOf(unit, byName, sync.cluster)]));
  const wiring = {
    units: new Map(units.map((unit) => [unit.id, unit])),
    parentOf: parentsIn(units, objects),
    gatesApplications: health.gate !== 'no',
  };
  const stages = stagesOf(wiring);
  const planned = units.map((unit): PlannedUnit => {
    const { stage, waitsFor } = stages.get(unit.id) ?? { stage: 1, waitsFor: [] };
    const isKnown = hasKnownContents(unit, byName);
    return { unit, objects: objects.get(unit.id) ?? [], waitsFor, stage, isKnown };
  });
  return {
    sync,
    engine,
    isLive: isLive(engine, sync.cluster),
    units: planned,
    isComplete:
      planned.every(({ isKnown, unit }) => isKnown || unit.policy.remote) &&
      sync.problems.every(({ kind }) => kind !== 'unknown') &&
      sync.applicationSets.every(({ isComplete }) => isComplete),
    health,
    orderOf: orderIn(wiring),
  };
}

/** The engine at the top of every unit; of what goes round in a circle, its own. */
function rootsOf(units: readonly Unit[]): Map<UnitId, Engine> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return new Map(
    units.map((unit) => {
      const seen = new Set<UnitId>();
      let at = unit;
      for (
        let up: Unit | undefined = unit;
        up && !seen.has(up.id);
        up = byId.get(up.parents[0] ?? '')
      ) {
        seen.add(up.id);
        at = up;
      }
      return [unit.id, at.engine];
    }),
  );
}

function objectsOf(
  unit: Unit,
  rendered: ReadonlyMap<string, Rendered>,
  cluster: Cluster,
): PlannedObject[] {
  if (unit.policy.remote) return [];
  const all = unit.targets.flatMap((name) => rendered.get(name)?.manifests ?? []);
  return all
    .filter(({ target }) => target?.clusters.includes(cluster.name) ?? true)
    .flatMap((manifest) => {
      const step = stepOf(unit, manifest);
      const { namespace } = manifest;
      return step ? { unit, manifest, step, ...(namespace && { namespace }) } : [];
    })
    .sort((a, b) => compareSteps(a.step, b.step) || compareKinds(a.manifest, b.manifest));
}

function parentsIn(
  units: readonly Unit[],
  objects: ReadonlyMap<UnitId, readonly PlannedObject[]>,
): Map<UnitId, PlannedObject> {
  const places = new Map<Manifest, PlannedObject[]>();
  for (const object of [...objects.values()].flat()) {
    const { manifest } = object;
    places.set(manifest, [...(places.get(manifest) ?? []), object]);
  }
  return new Map(
    units.flatMap((unit) => {
      const [parent] = [unit.declared.manifest, ...unit.declared.also]
        .flatMap((manifest) => places.get(manifest) ?? [])
        .filter((place) => unit.parents.includes(place.unit.id));
      return parent ? [[unit.id, parent] as const] : [];
    }),
  );
}
