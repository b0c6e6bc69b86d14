import { parseDuration } from '../../kubernetes/duration.ts';
import { listAt, valueAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { FieldPath, Problem, RepositoryRule, Severity } from '../../model.ts';
import { isDescribed } from '../../sync/environment.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { Unit } from '../../sync/unit.ts';

export const settingsRecommended: RepositoryRule = {
  id: 'sync/settings-recommended',
  scope: 'repository',
  severity: 'warning',
  summary: 'A Flux Kustomization retries soon, gives up in time, and says nothing that is ignored.',
  why: 'Without `retryInterval` or `timeout` a failed sync is tried again, or given up, only after the whole `interval`; `wait` makes Flux ignore `healthChecks`; `force` deletes and recreates what cannot be changed.',
  fix: 'Set `retryInterval` and `timeout`, choose `wait` or `healthChecks`, and leave `force` to a single occasion.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#recommended-settings',

  *check(repository) {
    for (const { cluster, units } of syncGraphOf(repository).clusters) {
      for (const unit of units) {
        // What `flux bootstrap` writes is not to be edited.
        if (unit.kind !== 'Kustomization' || unit.name === 'flux-system') continue;
        yield* judge(unit);
        // Whoever describes a cluster wants to hear about more than faults.
        if (isDescribed(cluster)) yield* advise(unit);
      }
    }
  },
};

const long = 15 * 60_000;

function told(unit: Unit, field: string, message: string, severity?: Severity): Problem {
  const path: FieldPath = ['spec', field];
  return { ...placeOf(unit, path), message, ...(severity && { severity }) };
}

function* judge(unit: Unit): Generator<Problem> {
  const { gates, data, policy } = unit;
  const name = describe(unit);
  if (gates.wait && listAt(data, ['spec', 'healthChecks']).length > 0) {
    yield told(unit, 'healthChecks', `${name} has "wait: true", so Flux ignores its healthChecks`);
  }
  if (policy.force) {
    const message = `${name} deletes and recreates what cannot be changed, by "force: true"`;
    yield told(unit, 'force', message);
  }
}

function* advise(unit: Unit): Generator<Problem> {
  const { gates, data } = unit;
  const pause = parseDuration(gates.interval ?? '') ?? 0;
  if (pause <= long) return;
  if (valueAt(data, ['spec', 'retryInterval']) === undefined) {
    yield told(unit, 'interval', `${describe(unit)} retries only after ${gates.interval}`, 'note');
  }
  if (gates.wait && gates.timeout === undefined) {
    yield told(unit, 'interval', `${describe(unit)} gives up only after ${gates.interval}`, 'note');
  }
}
