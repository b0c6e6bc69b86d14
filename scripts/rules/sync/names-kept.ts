import { describe } from '../../kubernetes/manifests.ts';
import type { Problem, RepositoryRule } from '../../model.ts';
import { type Applied, liveUnits, type ScopeOfKind } from '../../sync/applied.ts';
import { beforeAndAfter, type Side } from '../../sync/before-and-after.ts';
import { placeOf } from '../../sync/place-of.ts';
import { deletesWithItself, prunes } from '../../sync/prune-protection.ts';
import type { Unit } from '../../sync/unit.ts';

/** A change does not rename what applies objects, nor moves its path, so that they are deleted. */
export function namesKept(scopeOf: ScopeOfKind): RepositoryRule {
  return {
    id: 'sync/names-kept',
    scope: 'repository',
    severity: 'error',
    summary:
      'A change does not rename an Application, a Flux Kustomization or a HelmRelease whose deletion deletes what it applied. Needs `--base`.',
    why: 'To an engine a new name is a new object: the old one is deleted, with everything it had deployed, and then all of it is made again without its data.',
    fix: 'Keep the name, or first let the old one go without its objects (no finalizer, `deletionPolicy: Orphan`).',
    docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/',

    *check(repository) {
      for (const { before, after } of beforeAndAfter(repository, scopeOf)) {
        yield* renamed(before, after);
        yield* moved(before, after);
      }
    },
  };
}

function* renamed(before: Side, after: Side): Generator<Problem> {
  const now = new Set(after.sync.units.map(({ id }) => id));
  const then = new Set(before.sync.units.map(({ id }) => id));
  const fresh = liveUnits(after.sync).filter(({ id }) => !then.has(id));
  for (const unit of liveUnits(before.sync)) {
    if (now.has(unit.id) || !isDeleted(unit, before)) continue;
    const lost = before.applied.filter(
      (one) => one.unit.id === unit.id && deletesWithItself(unit, one.manifest),
    );
    const keys = new Set(lost.map(({ key }) => key));
    const heir = fresh.find(
      (one) =>
        one.kind === unit.kind &&
        (isSameRelease(one, unit) ||
          after.applied.some(({ unit: by, key }) => by.id === one.id && keys.has(key))),
    );
    if (!heir) continue;
    const [release] = unit.sources.flatMap(({ kind, chart }) => (kind === 'chart' ? chart : []));
    const what = lost[0] ? counted(lost) : release && uninstalls(unit) && `chart ${release}`;
    if (!what) continue;
    yield {
      ...placeOf(heir, ['metadata', 'name']),
      message: `${describe(heir)} was ${unit.namespace}/${unit.name}, and deleting that deletes ${what}`,
    };
  }
}

/** Whether somebody deletes the object that is no longer in Git. */
function isDeleted({ declared, engine, parents }: Unit, { sync }: Side): boolean {
  if (declared.generated) return true;
  const known = sync.units.filter(({ id }) => parents.includes(id));
  // What `flux bootstrap` applies is pruned; what applies the first Application is a person.
  if (known.length === 0) return engine === 'flux';
  return known.some((parent) => prunes(parent, declared.manifest));
}

function uninstalls({ kind, finalizers }: Unit): boolean {
  return kind === 'HelmRelease' || finalizers.some((one) => one.startsWith('resources-finalizer.'));
}

function isSameRelease(one: Unit, other: Unit): boolean {
  const charts = (unit: Unit): string =>
    unit.sources.flatMap(({ kind, chart }) => (kind === 'chart' ? (chart ?? '') : [])).join();
  return (
    charts(one) !== '' &&
    charts(one) === charts(other) &&
    one.destination.namespace === other.destination.namespace
  );
}

function* moved(before: Side, after: Side): Generator<Problem> {
  const units = new Map(liveUnits(before.sync).map((unit) => [unit.id, unit]));
  const kept = new Set(after.applied.map(({ key }) => key));
  for (const unit of liveUnits(after.sync)) {
    const old = units.get(unit.id);
    const [path, was] = [unit, old].map((one) => one?.sources.find((source) => source.pathAt));
    if (!old || !path || !was || path.path === was.path || !path.pathAt) continue;
    const lost = before.applied.filter(
      (one) => one.unit.id === unit.id && !kept.has(one.key) && prunes(unit, one.manifest),
    );
    if (lost.length === 0) continue;
    yield {
      ...placeOf(unit, path.pathAt),
      severity: 'warning',
      message: `${describe(unit)} syncs "${path.path}" instead of "${was.path}" and deletes ${counted(lost)}`,
      fix: 'Look whether these objects are meant to go; if not, keep the path.',
    };
  }
}

function counted(lost: readonly Applied[]): string {
  const [first] = lost;
  if (!first) return 'nothing';
  return `${describe(first.manifest)}${lost.length > 1 ? ` and ${lost.length - 1} more` : ''}`;
}
