import { describe } from '../../kubernetes/manifests.ts';
import type { RepositoryRule } from '../../model.ts';
import { placeOf } from '../../sync/place-of.ts';
import { permitsDestination, permitsKind } from '../../sync/project-permissions.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';

const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: '' };

export const wiringApart: RepositoryRule = {
  id: 'sync/wiring-apart',
  scope: 'repository',
  severity: 'error',
  summary:
    'A project that may write Applications has no workloads and takes its own repositories only.',
  why: 'Whoever can create an Application can name any project in it, so everything in such a project has the permissions of all projects.',
  fix: "Give the app of apps a project of its own, and keep Argo CD's namespace out of the others.",
  docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/',

  *check(repository) {
    for (const { units, projects } of syncGraphOf(repository).clusters) {
      for (const project of projects) {
        const own = units.filter(
          (unit) => unit.kind === 'Application' && unit.project === project.name,
        );
        const exact = project.destinations.find(({ namespace }) => namespace === project.namespace);
        const mayWire =
          permitsKind(project, application, false) &&
          own.some(({ destination }) =>
            permitsDestination(project, destination, project.namespace),
          );
        // A project that permits every namespace does not pretend to divide anything.
        if (!mayWire || !exact) continue;
        if (project.sourceRepos.includes('*')) {
          yield {
            manifest: project.manifest,
            path: ['spec', 'sourceRepos', project.sourceRepos.indexOf('*')],
            message: `project "${project.name}" may write Applications and takes them from every repository`,
          };
        }
        for (const unit of own) {
          const { namespace } = unit.destination;
          if (namespace === undefined || namespace === project.namespace) continue;
          yield {
            ...placeOf(unit, ['spec', 'project']),
            message: `${describe(unit)} is in project "${project.name}", which may write Applications`,
          };
        }
      }
    }
  },
};
