import { describe } from '../../kubernetes/manifests.ts';
import type { Engine, Problem, RepositoryRule } from '../../model.ts';
import { deployedBy } from '../../sync/engine-parity.ts';
import type { Plan } from '../../sync/simulate/plan.ts';
import { seenPlansOf } from '../../sync/simulate/plans-of.ts';
import type { Unit, UnitId } from '../../sync/unit.ts';
import { waitingFix, waitingPlace } from './waiting.ts';

export const orderAgrees: RepositoryRule = {
  id: 'sync/order-agrees',
  scope: 'repository',
  severity: 'warning',
  summary:
    'What waits for something in one engine waits for it in the other, where a cluster is wired for both.',
  why: 'An order that only one engine keeps is not missed until the cluster changes over and is filled from nothing.',
  fix: 'Bring sync waves and `dependsOn` in step.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',

  *check(repository) {
    const byCluster = Map.groupBy(seenPlansOf(repository), ({ sync }) => sync);
    for (const [{ cluster }, plans] of byCluster) {
      // Who names the live engine keeps the other in step.
      if (!cluster.engine) continue;
      for (const plan of plans) {
        for (const other of plans) if (other !== plan) yield* missing(plan, other);
      }
    }
  },
};

const titles: Readonly<Record<Engine, string>> = { argocd: 'Argo CD', flux: 'Flux' };

/** What waits in one plan and not in the other. */
function* missing(plan: Plan, other: Plan): Generator<Problem> {
  const same = counterparts(plan, other);
  const found = plan.units.flatMap(({ unit, waitsFor }) => {
    const waiting = same.get(unit.id);
    if (!waiting) return [];
    return waitsFor.flatMap((id) => {
      const awaited = same.get(id);
      if (!awaited || awaited === waiting) return [];
      const order = other.orderOf({ unit: awaited }, { unit: waiting });
      return order === 'unordered' || order === 'after' ? [{ waiting, awaited }] : [];
    });
  });
  // A sync wave stands in what is waited for, `dependsOn` in what waits.
  const byAwaited = Map.groupBy(found, ({ awaited }) => awaited);
  for (const [awaited, all] of byAwaited) {
    const waiting = all.map((one) => one.waiting);
    if (awaited.kind === 'Application') {
      yield tell(waiting, awaited, waitingPlace(awaited), plan);
    } else {
      for (const one of waiting) yield tell([one], awaited, waitingPlace(one), plan);
    }
  }
}

function tell(
  waiting: readonly Unit[],
  awaited: Unit,
  place: ReturnType<typeof waitingPlace>,
  { engine }: Plan,
): Problem {
  const [first, ...others] = waiting as readonly [Unit, ...Unit[]];
  const who = `${describe(first)}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  const verb = others.length > 0 ? 'do' : 'does';
  return {
    ...place,
    message: `${who} ${verb} not wait for ${describe(awaited)}, and with ${titles[engine]} ${others.length > 0 ? 'they do' : 'it does'}`,
    fix: waitingFix(first, awaited),
  };
}

/** The units of the other plan that deploy the same as those of this one. */
function counterparts(plan: Plan, other: Plan): Map<UnitId, Unit> {
  const theirs = new Map(deployedBy(other.engine, other.sync).map(({ key, unit }) => [key, unit]));
  return new Map(
    deployedBy(plan.engine, plan.sync).flatMap(({ key, unit }) => {
      const counterpart = theirs.get(key);
      return counterpart ? [[unit.id, counterpart] as const] : [];
    }),
  );
}
