import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

export const applicationSetStrict: RepositoryRule = {
  id: 'sync/application-set-strict',
  scope: 'repository',
  severity: 'warning',
  summary: 'An ApplicationSet with Go templates fails for a missing parameter.',
  why: 'Otherwise a misspelt parameter becomes the text `<no value>` in a name, a path or a namespace, and the ApplicationSet replaces what it had deployed.',
  fix: 'Set `goTemplateOptions: ["missingkey=error"]`.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/GoTemplate/',

  *check(repository) {
    for (const { applicationSets } of syncGraphOf(repository).clusters) {
      for (const { manifest, goTemplate, goTemplateOptions } of applicationSets) {
        if (!goTemplate || goTemplateOptions.includes('missingkey=error')) continue;
        yield {
          manifest,
          path: ['spec', 'goTemplateOptions'],
          message: `${describe(manifest)} writes "<no value>" for a parameter that is missing`,
        };
      }
    }
  },
};
