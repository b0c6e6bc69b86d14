import { clusterFileName } from '../../kubernetes/cluster-file.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { Problem, Repository, RepositoryRule } from '../../model.ts';
import { isRetried } from '../../sync/simulate/definitions.ts';
import { namespacesIn, namespacesOfUnit } from '../../sync/simulate/namespaces-in.ts';
import type { Moment, Plan, PlannedUnit } from '../../sync/simulate/plan.ts';
import { seenPlansOf } from '../../sync/simulate/plans-of.ts';
import type { ScopeOf } from '../schema/scope-respected.ts';
import { stepName, waitingFix, waitingPlace, wavePlace } from './waiting.ts';

/** Makes `sync/namespace-exists`, which enforces the engines' pages on who makes namespaces. */
export function namespaceExists(scopeOf: ScopeOf): RepositoryRule {
  return { ...info, check: (repository) => check(repository, scopeOf) };
}

const info = {
  id: 'sync/namespace-exists',
  scope: 'repository',
  severity: 'error',
  summary: 'A namespace is there before anything is applied to it.',
  why: 'The API server refuses every object in a namespace that does not exist, and neither engine makes one unless it is told to.',
  fix: 'Add the Namespace to what is synced earlier, or `CreateNamespace=true`, or name it under `external.namespaces` in cluster.yaml.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#create-namespace',
} as const;

function* check(repository: Repository, scopeOf: ScopeOf): Generator<Problem> {
  for (const plan of seenPlansOf(repository)) {
    const { isThere, makers } = namespacesIn(plan);
    for (const planned of plan.units) {
      for (const [namespace, moments] of neededBy(planned, scopeOf)) {
        if (namespace.includes('$') || isThere(namespace)) continue;
        const problem = judge(plan, planned, namespace, moments, makers(namespace));
        if (problem) yield problem;
      }
    }
  }
}

/** The namespaces that a unit applies to, with the moments at which it does. */
function neededBy(planned: PlannedUnit, scopeOf: ScopeOf): Map<string, Moment[]> {
  const needed = new Map<string, Moment[]>();
  for (const name of namespacesOfUnit(planned)) needed.set(name, [{ unit: planned.unit }]);
  for (const object of planned.objects) {
    const { manifest, namespace: own } = object;
    const isNamespaced = own === undefined && scopeOf(manifest) === 'Namespaced';
    const namespace = isNamespaced ? planned.unit.destination.namespace : own;
    if (namespace) needed.set(namespace, [...(needed.get(namespace) ?? []), object]);
  }
  return needed;
}

function judge(
  plan: Plan,
  planned: PlannedUnit,
  namespace: string,
  moments: readonly Moment[],
  makers: readonly Moment[],
): Problem | undefined {
  const { unit } = planned;
  if (makers.length === 0) return nowhere(plan, planned, namespace);
  const early = moments.filter(
    (moment) => !makers.some((maker) => /ready|applied|together/.test(plan.orderOf(maker, moment))),
  );
  const [maker] = makers as [Moment];
  const [first] = early;
  if (!first || mayBeMade(plan, first)) return undefined;
  const within = makers.find((one) => one.unit.id === unit.id && one.step);
  const object = planned.objects.find((one) => one === first);
  const made = planned.objects.find(({ manifest, namespace: of }) => {
    return manifest.kind === 'Namespace' && manifest.name === namespace && of === undefined;
  });
  if (within && object && made) {
    return {
      ...wavePlace(made),
      message: `Namespace ${namespace} is made in ${stepName(made)}, after ${describe(object.manifest)} in ${stepName(object)}`,
      fix: 'Give the Namespace the earliest sync wave of what is in it.',
    };
  }
  const isLater = early.some((moment) => plan.orderOf(maker, moment) === 'after');
  return {
    ...waitingPlace(unit),
    message: isLater
      ? `${describe(unit)} applies to namespace ${namespace} before ${describe(maker.unit)} makes it`
      : `${describe(unit)} applies to namespace ${namespace}, and nothing makes it wait for ${describe(maker.unit)}, which makes it`,
    fix: waitingFix(unit, maker.unit),
    ...(!isLater && isRetried({ unit }) && { severity: 'warning' }),
  };
}

/** Only the description of a cluster says which namespaces others make. */
function nowhere(plan: Plan, { unit }: PlannedUnit, namespace: string): Problem | undefined {
  if (!plan.isComplete || !plan.sync.cluster.file.endsWith(clusterFileName)) return undefined;
  return {
    ...waitingPlace(unit),
    message: `${describe(unit)} applies to namespace ${namespace}, which nothing that ${plan.engine === 'flux' ? 'Flux' : 'Argo CD'} syncs makes`,
  };
}

function mayBeMade(plan: Plan, moment: Moment): boolean {
  return plan.units.some(
    ({ isKnown, unit }) => !isKnown && /ready|applied/.test(plan.orderOf({ unit }, moment)),
  );
}
