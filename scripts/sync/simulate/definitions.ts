import { textAt, valueAt } from '../../kubernetes/fields.ts';
import { groupOf } from '../../kubernetes/manifests.ts';
import type { Manifest } from '../../model.ts';
import type { Moment, Plan } from './plan.ts';

/** Who brings a custom resource definition, and when. */
export interface Definition extends Moment {
  /** `<plural>.<group>`. */
  readonly name: string;
}

/** Finds what brings the definition of an object's kind in a plan. */
export function definitionsIn(plan: Plan): (manifest: Manifest) => readonly Definition[] {
  const found = plan.units.flatMap(({ unit, objects }): Definition[] => [
    ...objects
      .filter(({ manifest }) => isDefinition(manifest))
      .map(({ manifest, step }) => ({ name: manifest.name, unit, step })),
    ...(unit.release?.installCrds === 'Skip' ? [] : (unit.release?.contents?.crds ?? [])).map(
      (name) => ({ name, unit }),
    ),
  ]);
  const byGroup = Map.groupBy(found, ({ name }) => name.slice(name.indexOf('.') + 1));
  const known = new Map<string, readonly Definition[]>();
  return ({ apiVersion, kind }) => {
    const key = `${groupOf(apiVersion)}/${kind}`;
    const own = known.get(key) ?? bringing(byGroup.get(groupOf(apiVersion)) ?? [], kind);
    known.set(key, own);
    return own;
  };
}

function bringing(definitions: readonly Definition[], kind: string): readonly Definition[] {
  const plurals = pluralsOf(kind);
  return definitions.filter(({ name }) => plurals.includes(name.slice(0, name.indexOf('.'))));
}

/** The forms that the plural of a kind has in practice. */
export function pluralsOf(kind: string): string[] {
  const word = kind.toLowerCase();
  return [`${word}s`, `${word}es`, word.replace(/y$/, 'ies'), word];
}

/** Whether a manifest is a CustomResourceDefinition. */
export function isDefinition({ apiVersion, kind }: Manifest): boolean {
  return kind === 'CustomResourceDefinition' && groupOf(apiVersion) === 'apiextensions.k8s.io';
}

/** Whether Argo CD leaves out the dry run of an object whose kind is not there yet. */
export function skipsDryRun({ unit }: Moment, { data }: Manifest): boolean {
  const annotation = textAt(data, ['metadata', 'annotations', 'argocd.argoproj.io/sync-options']);
  const options = [...unit.policy.options, ...(annotation ?? '').split(',')];
  return options.some((one) => one.trim() === 'SkipDryRunOnMissingResource=true');
}

/**
 * Whether what fails is tried again, so that a race ends well in time. Argo CD tries an automated
 * sync five times unless it is told otherwise, and one that somebody starts once.
 */
export function isRetried({ unit }: Moment): boolean {
  if (unit.kind !== 'Application') return true;
  const limit = valueAt(unit.data, ['spec', 'syncPolicy', 'retry', 'limit']);
  return typeof limit === 'number' ? limit !== 0 : unit.policy.automated;
}
