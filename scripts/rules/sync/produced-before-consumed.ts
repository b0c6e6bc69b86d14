import { describe } from '../../kubernetes/manifests.ts';
import type { Problem, RepositoryRule } from '../../model.ts';
import type { Plan, PlannedObject, PlannedUnit } from '../../sync/simulate/plan.ts';
import { seenPlansOf } from '../../sync/simulate/plans-of.ts';
import { compareSteps } from '../../sync/simulate/step-of.ts';
import { madeBy, type Needed, needsOf } from './needs.ts';
import { stepName, waitingFix, waitingPlace, wavePlace } from './waiting.ts';

export const producedBeforeConsumed: RepositoryRule = {
  id: 'sync/produced-before-consumed',
  scope: 'repository',
  severity: 'error',
  summary: 'Nothing that must be ready for a later wave or stage needs what comes only there.',
  why: 'The engine waits for the consumer, which waits for what the engine would apply next: the sync never ends.',
  fix: 'Give what is needed an earlier sync wave than what needs it, or the same one.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',

  *check(repository) {
    for (const plan of seenPlansOf(repository)) {
      const makers = makersIn(plan);
      for (const planned of plan.units) {
        for (const object of planned.objects) {
          for (const needed of new Set(needsOf(object.manifest))) {
            const problem = judge(plan, planned, object, needed, makers.get(needed) ?? []);
            if (problem) yield problem;
          }
        }
        yield* lateHealth(plan, planned);
      }
    }
  },
};

function makersIn({ units }: Plan): Map<Needed, PlannedObject[]> {
  const makers = new Map<Needed, PlannedObject[]>();
  for (const object of units.flatMap(({ objects }) => objects)) {
    for (const made of madeBy(object.manifest)) {
      makers.set(made, [...(makers.get(made) ?? []), object]);
    }
  }
  return makers;
}

function judge(
  plan: Plan,
  { unit, objects }: PlannedUnit,
  object: PlannedObject,
  needed: Needed,
  makers: readonly PlannedObject[],
): Problem | undefined {
  const [maker] = makers;
  if (!maker || makers.some(({ manifest }) => manifest === object.manifest)) return undefined;
  const consumer = describe(object.manifest);
  // Who waits for the consumer never comes to what it needs; without waiting, both are tried again.
  if (makers.every((one) => plan.orderOf(object, one) === 'ready')) {
    if (maker.unit.id !== unit.id) {
      return {
        ...waitingPlace(maker.unit),
        message: `${describe(maker.unit)} waits for ${describe(unit)}, whose ${consumer} needs its ${needed}`,
        fix: waitingFix(unit, maker.unit),
      };
    }
    return {
      ...wavePlace(maker),
      message: `${consumer} in ${stepName(object)} needs ${needed}, which ${sourceOf(maker, needed)} in ${stepName(maker)}`,
    };
  }
  // Pods are started again until their Secret is there; an Application tells an error meanwhile.
  const isTogether = makers.every((one) => plan.orderOf(one, object) === 'together');
  const isWaved = objects.some((one) => compareSteps(one.step, object.step) !== 0);
  if (maker.manifest.kind !== 'AppProject' || !isTogether || !isWaved) return undefined;
  return {
    ...wavePlace(maker),
    message: `${consumer} needs ${needed}, which comes in the same ${stepName(maker)}`,
    fix: 'Give the project an earlier sync wave: until it is there its Applications are in error.',
    severity: 'note',
  };
}

function sourceOf({ manifest }: PlannedObject, needed: Needed): string {
  return describe(manifest) === needed ? 'comes' : `${describe(manifest)} makes`;
}

/** Argo CD does not wait for Applications until it has been told what their health is. */
function* lateHealth({ health }: Plan, { objects }: PlannedUnit): Generator<Problem> {
  const settings = objects.find(({ manifest }) => manifest === health.manifest);
  const [first, ...others] = objects.filter(({ manifest }) => manifest.kind === 'Application');
  if (!settings || !first || compareSteps(first.step, settings.step) >= 0) return;
  if (!others.some(({ step }) => compareSteps(first.step, step) < 0)) return;
  yield {
    ...wavePlace(settings),
    message: `${describe(settings.manifest)} tells the health of Applications in ${stepName(settings)}, after ${describe(first.manifest)} in ${stepName(first)}`,
  };
}
