import { describe } from '../../kubernetes/manifests.ts';
import type { Problem, RepositoryRule } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import { type Applied, appliedIn, type ScopeOfKind } from '../../sync/applied.ts';
import { placeOf } from '../../sync/place-of.ts';
import {
  permitsDestination,
  permitsKind,
  permitsRepository,
} from '../../sync/project-permissions.ts';
import type { ClusterSync, Project } from '../../sync/sync-graph.ts';
import { syncGraphOf } from '../../sync/sync-graph-of.ts';
import type { Unit } from '../../sync/unit.ts';

const namespaceKind = { apiVersion: 'v1', kind: 'Namespace', name: '' };

/** An AppProject permits what its Applications take, where they put it, and every kind of it. */
export function projectPermits(scopeOf: ScopeOfKind): RepositoryRule {
  return {
    id: 'sync/project-permits',
    scope: 'repository',
    severity: 'error',
    summary:
      'The AppProject of an Application permits its repository, its destination and every kind it applies.',
    why: 'Argo CD refuses the whole sync for one repository, namespace or kind that the project does not permit.',
    fix: 'Permit it in the AppProject, or take it out of the Application.',
    docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',

    *check(repository) {
      for (const sync of syncGraphOf(repository).clusters) {
        const applied = Map.groupBy(
          appliedIn(sync, repository.rendered, scopeOf),
          ({ unit }) => unit.id,
        );
        for (const unit of sync.units) {
          if (unit.kind !== 'Application') continue;
          const project = projectOf(unit, sync);
          if (!project) yield* withoutProject(unit, sync);
          else yield* refusals(unit, project, applied.get(unit.id) ?? [], scopeOf);
        }
      }
    },
  };
}

function projectOf({ project, namespace }: Unit, { projects }: ClusterSync): Project | undefined {
  const named = projects.filter(({ name }) => name === project);
  return named.find((one) => one.namespace === namespace) ?? named[0];
}

/** Who has none of the projects in Git may have made the others by hand: only a slip is told then. */
function* withoutProject(unit: Unit, { projects }: ClusterSync): Generator<Problem> {
  const name = unit.project || 'default';
  if (name === 'default' || name.includes('{{')) return;
  const near = nearest(
    name,
    projects.map((one) => one.name),
  );
  if (!near) return;
  yield {
    ...placeOf(unit, ['spec', 'project']),
    message: `${describe(unit)} is in project "${name}", which does not exist`,
    fix: `Did you mean "${near}"?`,
  };
}

function* refusals(
  unit: Unit,
  project: Project,
  applied: readonly Applied[],
  scopeOf: ScopeOfKind,
): Generator<Problem> {
  const { destination, sources, policy } = unit;
  const told = `project "${project.name}" does not permit`;
  for (const { repository, at } of sources) {
    if (!repository || permitsRepository(project, repository)) continue;
    yield { ...placeOf(unit, [...at, 'repoURL']), message: `${told} repository ${repository}` };
  }
  const { namespace } = destination;
  const isPermitted = (where: string): boolean => permitsDestination(project, destination, where);
  if (namespace !== undefined && !isPermitted(namespace)) {
    yield {
      ...placeOf(unit, ['spec', 'destination', 'namespace']),
      message: `${told} ${describe(unit)} to deploy to namespace "${namespace}"`,
    };
  }
  if (policy.createsNamespace && !permitsKind(project, namespaceKind, true)) {
    yield {
      ...placeOf(unit, ['spec', 'syncPolicy', 'syncOptions']),
      message: `${told} kind Namespace, which CreateNamespace=true makes`,
    };
  }
  const seen = new Set<string>();
  for (const { manifest, namespace: where } of applied) {
    const scope = manifest.kind === 'Namespace' ? 'Cluster' : scopeOf(manifest);
    if (!scope) continue;
    if (!permitsKind(project, manifest, scope === 'Cluster')) {
      const what = `kind ${manifest.kind}`;
      if (seen.has(what)) continue;
      seen.add(what);
      yield { manifest, path: ['kind'], message: `${told} ${what} in ${describe(unit)}` };
    } else if (scope === 'Namespaced' && where && where !== namespace && !isPermitted(where)) {
      const what = `namespace "${where}"`;
      if (seen.has(what)) continue;
      seen.add(what);
      yield {
        manifest,
        path: ['metadata', 'namespace'],
        message: `${told} ${what} in ${describe(unit)}`,
      };
    }
  }
}
