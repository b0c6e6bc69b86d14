import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

export const rollingSyncAutomated: RepositoryRule = {
  id: 'sync/rolling-sync-automated',
  scope: 'repository',
  severity: 'error',
  summary:
    'An ApplicationSet with the strategy RollingSync makes Applications without automated sync.',
  why: 'RollingSync turns `automated` off in every Application, so nothing corrects drift and `selfHeal` and `prune` do nothing.',
  fix: 'Remove `automated` from the template, or use the strategy AllAtOnce.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Progressive-Syncs/',

  *check(repository) {
    for (const { units, applicationSets } of syncGraphOf(repository).clusters) {
      for (const set of applicationSets) {
        if (set.strategy !== 'RollingSync') continue;
        const unit = units.find((one) => set.units.includes(one.id) && one.policy.automated);
        if (!unit) continue;
        yield {
          ...placeOf(unit, ['spec', 'syncPolicy', 'automated']),
          message: `${describe(set.manifest)} has the strategy RollingSync, which turns automated sync off`,
        };
      }
    }
  },
};
