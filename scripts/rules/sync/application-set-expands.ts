import type { RepositoryRule } from '../../model.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

export const applicationSetExpands: RepositoryRule = {
  id: 'sync/application-set-expands',
  scope: 'repository',
  severity: 'error',
  summary: 'Every ApplicationSet can be expanded, to Applications with names of their own.',
  why: 'The controller refuses an ApplicationSet whose template fails or gives two Applications one name, and updates none of its Applications.',
  fix: 'Correct the template or the parameters, so that each Application has a name of its own.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/',

  *check(repository) {
    for (const { problems } of syncGraphOf(repository).clusters) {
      for (const { kind, manifest, path, message } of problems) {
        if (kind === 'fault') yield { manifest, path, message };
      }
    }
  },
};
