import { valueAt } from '../../kubernetes/fields.ts';
import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

export const pruneDecided: RepositoryRule = {
  id: 'sync/prune-decided',
  scope: 'repository',
  severity: 'warning',
  summary: 'An Application with automated sync says whether it removes what is no longer in Git.',
  why: 'By default nothing is removed: a workload that was deleted in Git runs on, and the Application stays out of sync.',
  fix: 'Set `syncPolicy.automated.prune` to true, or to false where that is meant.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning',

  *check(repository) {
    for (const { units } of syncGraphOf(repository).clusters) {
      for (const unit of units) {
        const { kind, policy, data } = unit;
        if (kind !== 'Application' || !policy.automated) continue;
        const path = ['spec', 'syncPolicy', 'automated'];
        if (valueAt(data, [...path, 'prune']) !== undefined) continue;
        if (policy.options.some((one) => one.startsWith('Prune='))) continue;
        yield {
          ...placeOf(unit, path),
          message: `${describe(unit)} syncs by itself and removes nothing`,
        };
      }
    }
  },
};
