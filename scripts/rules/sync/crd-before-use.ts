import { clusterFileName } from '../../kubernetes/cluster-file.ts';
import { describe, groupOf } from '../../kubernetes/manifests.ts';
import type { Problem, Repository, RepositoryRule } from '../../model.ts';
import {
  type Definition,
  definitionsIn,
  isDefinition,
  isRetried,
  pluralsOf,
  skipsDryRun,
} from '../../sync/simulate/definitions.ts';
import type { Plan, PlannedObject, PlannedUnit } from '../../sync/simulate/plan.ts';
import { seenPlansOf } from '../../sync/simulate/plans-of.ts';
import { stepName, waitingFix, waitingPlace, wavePlace, withMore } from './waiting.ts';

export const crdBeforeUse: RepositoryRule = {
  id: 'sync/crd-before-use',
  scope: 'repository',
  severity: 'error',
  summary: 'A custom resource is applied only when its definition is surely there.',
  why: 'An empty cluster refuses the object, and with it the whole sync that it belongs to.',
  fix: 'Bring the definition in an earlier stage: `dependsOn` with `wait`, or an earlier sync wave.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#skip-dry-run-for-new-custom-resources-types',

  *check(repository) {
    const names = knownDefinitions(repository);
    for (const plan of seenPlansOf(repository)) {
      const find = definitionsIn(plan);
      for (const planned of plan.units) {
        const custom = planned.objects.filter(
          ({ manifest }) => groupOf(manifest.apiVersion) !== '',
        );
        const byKind = Map.groupBy(custom, ({ manifest }) => {
          return `${groupOf(manifest.apiVersion)}/${manifest.kind}`;
        });
        for (const objects of byKind.values()) {
          const [{ manifest }] = objects as [PlannedObject];
          const definitions = find(manifest);
          yield* definitions.length > 0
            ? tooEarly(plan, planned, objects, definitions)
            : undefinedKind(plan, planned, objects, names);
        }
      }
    }
  },
};

function* tooEarly(
  plan: Plan,
  { unit }: PlannedUnit,
  objects: readonly PlannedObject[],
  definitions: readonly Definition[],
): Generator<Problem> {
  const early = objects.filter((object) => {
    if (skipsDryRun(object, object.manifest)) return false;
    const isThere = definitions.some((one) =>
      /ready|applied|together/.test(plan.orderOf(one, object)),
    );
    return !isThere && !mayBeBrought(plan, object);
  });
  const [definition] = definitions as [Definition];
  const within = definitions.find((one) => one.unit.id === unit.id);
  if (within?.step) {
    for (const object of early) {
      yield {
        ...wavePlace(object),
        message: `${describe(object.manifest)} is applied in ${stepName(object)}, before its definition ${within.name} in ${stepName({ ...object, step: within.step })}`,
        fix: 'Give the definition an earlier sync wave than the objects of its kind.',
      };
    }
    return;
  }
  if (early.length === 0) return;
  const isLater = early.some((object) => plan.orderOf(definition, object) === 'after');
  yield {
    ...waitingPlace(unit),
    message: isLater
      ? `${describe(unit)} applies ${withMore(early)} before ${describe(definition.unit)} brings ${definition.name}`
      : `${describe(unit)} applies ${withMore(early)}, and nothing makes it wait for ${describe(definition.unit)}, which brings ${definition.name}`,
    fix: waitingFix(unit, definition.unit),
    ...(!isLater && isRetried({ unit }) && { severity: 'warning' }),
  };
}

/** Whether something of which nobody knows what it brings comes before. */
function mayBeBrought(plan: Plan, object: PlannedObject): boolean {
  return plan.units.some(
    ({ isKnown, unit }) => !isKnown && /ready|applied/.test(plan.orderOf({ unit }, object)),
  );
}

function* undefinedKind(
  plan: Plan,
  { unit }: PlannedUnit,
  objects: readonly PlannedObject[],
  names: ReadonlySet<string>,
): Generator<Problem> {
  const [{ manifest }] = objects as [PlannedObject];
  const { file } = plan.sync.cluster;
  if (!plan.isComplete || !file.endsWith(clusterFileName)) return;
  const group = groupOf(manifest.apiVersion);
  const name = pluralsOf(manifest.kind)
    .map((plural) => `${plural}.${group}`)
    .find((one) => names.has(one));
  if (!name) return;
  yield {
    ...waitingPlace(unit),
    message: `${describe(unit)} applies ${withMore(objects)}, and nothing that ${plan.engine === 'flux' ? 'Flux' : 'Argo CD'} syncs brings ${name}`,
    fix: 'Sync what brings the definition, in an earlier stage.',
  };
}

/** Definitions that this repository has or that its clusters' charts bring: they are no one else's. */
function knownDefinitions({ sources, clusters, rendered }: Repository): ReadonlySet<string> {
  const written = sources.flatMap(({ documents }) => documents.map((one) => one as Definable));
  return new Set([
    ...rendered.flatMap(({ manifests }) => manifests.filter(isDefinition).map(({ name }) => name)),
    ...written.flatMap((one) => {
      const isOne = one?.kind === 'CustomResourceDefinition';
      return isOne && typeof one.metadata?.name === 'string' ? one.metadata.name : [];
    }),
    ...clusters.flatMap(({ charts }) => Object.values(charts).flatMap(({ crds }) => crds)),
  ]);
}

type Definable = { kind?: unknown; metadata?: { name?: unknown } | null } | null;
