import type { Problem, Repository, Rule } from '../model.ts';
import { viewsOf } from './views.ts';

/** A problem and where it was seen, when the problem itself does not tell. */
export interface Seen {
  readonly problem: Problem;
  /** The cluster whose view showed it. */
  readonly cluster?: string;
}

/** What one rule finds in everything of its scope, and how often it looked. */
export function applyRule(rule: Rule, repository: Repository): { seen: Seen[]; checks: number } {
  const { sources, rendered } = repository;
  switch (rule.scope) {
    case 'source':
      return applied(sources, (file) => [...rule.check(file)].map((problem) => ({ problem })));
    case 'manifest': {
      const manifests = rendered.flatMap((one) => one.manifests);
      return applied(manifests, (one) => [...rule.check(one)].map((problem) => ({ problem })));
    }
    case 'target':
      return applied(rendered, (one) => [...rule.check(one)].map((problem) => ({ problem })));
    case 'cluster':
      return applied(viewsOf(repository), (view) =>
        [...rule.check(view)].map((problem) => ({
          problem,
          ...(view.cluster && { cluster: view.cluster.name }),
        })),
      );
    case 'repository':
      return applied([repository], (one) => [...rule.check(one)].map((problem) => ({ problem })));
  }
}

/** Where an engine object changes the manifests, what is rendered here is not what is applied. */
function isSure({ problem }: Seen): boolean {
  return !('manifest' in problem) || problem.manifest.target?.changedBy === undefined;
}

function applied<T>(subjects: readonly T[], check: (subject: T) => Seen[]) {
  return { seen: subjects.flatMap(check).filter(isSure), checks: subjects.length };
}
