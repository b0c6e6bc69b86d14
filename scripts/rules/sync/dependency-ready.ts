import { describe } from '../../kubernetes/manifests.ts';
import type { Problem, RepositoryRule } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import type { Plan, PlannedUnit } from '../../sync/simulate/plan.ts';
import { seenPlansOf } from '../../sync/simulate/plans-of.ts';
import type { HealthCheck, Unit } from '../../sync/unit.ts';

export const dependencyReady: RepositoryRule = {
  id: 'sync/dependency-ready',
  scope: 'repository',
  severity: 'error',
  summary: 'What others wait for can become ready.',
  why: 'An empty cluster stops there: nothing that waits is ever applied, and no object says why.',
  fix: 'Let what is waited for be synced, or do not wait for it.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend',

  *check(repository) {
    for (const plan of seenPlansOf(repository)) {
      const byId = new Map(plan.units.map((one) => [one.unit.id, one.unit]));
      for (const planned of plan.units) {
        for (const id of planned.waitsFor) {
          const awaited = byId.get(id);
          const problem = awaited && stuck(plan, planned.unit, awaited);
          if (problem) yield problem;
        }
        yield* neverHealthy(plan, planned);
      }
    }
  },
};

function stuck(plan: Plan, unit: Unit, awaited: Unit): Problem | undefined {
  const waits = `${describe(unit)} waits for ${describe(awaited)}`;
  if (awaited.policy.suspended) {
    return {
      ...placeOf(awaited, ['spec', 'suspend']),
      message: `${waits}, which is suspended`,
    };
  }
  const source = plan.sync.sources.find(({ id }) => id === awaited.sources[0]?.reference);
  if (source?.suspended) {
    return {
      manifest: source.manifest,
      path: ['spec', 'suspend'],
      message: `${waits}, whose ${source.kind} ${source.name} is suspended`,
    };
  }
  if (awaited.kind !== 'Application' || awaited.policy.automated) return undefined;
  // Without health of Applications no wave waits; then nothing is stuck, and another rule tells.
  if (plan.health.gate !== 'yes') return undefined;
  return {
    ...placeOf(awaited, ['spec', 'syncPolicy']),
    message: `${waits}, which nobody syncs but by hand`,
    fix: 'Give it `syncPolicy.automated`, or a wave that nothing waits for.',
    severity: 'warning',
  };
}

/** Flux waits until the timeout for an object of a health check that is nowhere, and fails. */
function* neverHealthy(plan: Plan, { unit, isKnown }: PlannedUnit): Generator<Problem> {
  if (unit.policy.remote || !isKnown || unit.gates.wait || !plan.isComplete) return;
  // Charts, and controllers, make objects that are nowhere in Git.
  if (unit.gates.healthChecks.length === 0) return;
  const charted = new Set(
    plan.units.flatMap(({ unit: one }) => (one.release ? [one.destination.namespace] : [])),
  );
  for (const check of unit.gates.healthChecks) {
    if (charted.has(check.namespace) || !followed.has(check.kind)) continue;
    if (isApplied(plan, check)) continue;
    yield {
      ...placeOf(unit, [...check.at, 'name']),
      message: `${describe(unit)} waits for ${describe(check)}, which nothing applies`,
      fix: 'Correct the kind, name and namespace of the health check, or set `wait: true` instead.',
    };
  }
}

const followed = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'HelmRelease',
  'Kustomization',
]);

function isApplied({ units }: Plan, { kind, name, namespace }: HealthCheck): boolean {
  return units.some(
    ({ objects, unit }) =>
      (unit.kind === kind && unit.name === name) ||
      objects.some(({ manifest }) => {
        if (manifest.kind !== kind || manifest.name !== name) return false;
        return namespace === undefined || (manifest.namespace ?? namespace) === namespace;
      }),
  );
}
