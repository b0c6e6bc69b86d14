import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

export const projectNamed: RepositoryRule = {
  id: 'sync/project-named',
  scope: 'repository',
  severity: 'warning',
  summary: 'Where AppProjects are in use, no Application is left in the project `default`.',
  why: 'The project `default` permits every repository, every destination and every kind, so what the other projects refuse can be had through it.',
  fix: 'Name the AppProject that permits what this Application needs.',
  docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#the-default-project',

  *check(repository) {
    for (const { units, projects } of syncGraphOf(repository).clusters) {
      // Who has no project at all has not begun to divide, and who restricts `default` has done it there.
      if (projects.length === 0 || projects.some(({ name }) => name === 'default')) continue;
      for (const unit of units) {
        if (unit.kind !== 'Application' || (unit.project || 'default') !== 'default') continue;
        yield {
          ...placeOf(unit, ['spec', 'project']),
          message: `${describe(unit)} is in project "default"`,
        };
      }
    }
  },
};
