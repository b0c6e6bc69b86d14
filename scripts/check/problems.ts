import type { Problem, Repository, Rule } from '../model.ts';
import { viewsOf } from './views.ts';

/** A problem and where it was seen, when the problem itself does not tell. */
export interface Seen {
  readonly problem: Problem;
  /** The cluster whose view showed it. */
  readonly cluster?: string;
}

/** What one rule finds in everything of its scope, and how often it looked. */
export function applyRule(rule: Rule, repository: Repository): Applied {
  const { seen, checks } = applyAnyway(rule, repository);
  return { seen: rule.id === aboutUnknown ? seen : seen.filter(isSure), checks };
}

interface Applied {
  readonly seen: Seen[];
  readonly checks: number;
}

/** The rule that tells of variables without a value. */
const aboutUnknown = 'sync/variables-defined';

function applyAnyway(rule: Rule, repository: Repository): Applied {
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

/** Nothing is sure of a field that holds a variable without a known value, or is held by one. */
function isSure({ problem }: Seen): boolean {
  if (!('manifest' in problem) || !problem.manifest.unknown) return true;
  const { manifest, path } = problem;
  return !manifest.unknown?.some((field) =>
    (field.length < path.length ? field : path).every((_, index) => field[index] === path[index]),
  );
}

function applied<T>(subjects: readonly T[], check: (subject: T) => Seen[]) {
  return { seen: subjects.flatMap(check), checks: subjects.length };
}
