import type { FieldPath, Manifest, Problem } from '../model.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import type { Violation } from './decide.ts';
import type { FoundPolicy } from './find-policies.ts';
import type { GivenPolicies } from './given-policies.ts';
import { patternProblems } from './pattern-problems.ts';
import { clause, emptyReport, type PolicyReport } from './policy-report.ts';
import type { PolicyScope } from './policy-scopes.ts';
import type { TypeProblem } from './typed-policy.ts';

/** What a lint looks at. */
export interface LintContext {
  readonly scope: PolicyScope;
  readonly given: GivenPolicies;
  readonly ready: readonly ReadyPolicy[];
  /** What the schemas of the kinds that a policy is about tell of it. */
  readonly typesOf: (one: ReadyPolicy) => readonly TypeProblem[];
}

/** A policy as it was found, and compiled. */
export interface ReadyPolicy {
  readonly found: FoundPolicy;
  readonly policy: CompiledPolicy;
}

/** A problem in the file of a policy; none when that file is not what the run is about. */
type ProblemAt = (manifest: Manifest, path: FieldPath, message: string) => Problem[];

/** What is wrong with policies whatever they decide: expressions, types, words and bindings. */
export function lintPolicies(context: LintContext): PolicyReport {
  const problemAt = placing(context);
  const { ready, scope } = context;
  // In a run on a part of a repository policies only decide: of theirs nothing would be told.
  const told = ready.filter(({ found }) => problemAt(found.manifest, [], '').length > 0);
  return {
    ...emptyReport,
    compiled: told.flatMap(({ found, policy }) =>
      [...policy.problems, ...patternProblems(policy)].flatMap(({ path, message, issue }) =>
        problemAt(found.manifest, fieldAt(path), clause(`${message}${placeOf(issue)}`)),
      ),
    ),
    typed: told.flatMap((one) =>
      context
        .typesOf(one)
        .flatMap(({ path, message }) =>
          problemAt(one.found.manifest, fieldAt(path), clause(message)),
        ),
    ),
    explained: told.flatMap(({ found }) =>
      (found.spec.validations ?? []).flatMap(({ message = '', messageExpression }, index) => {
        if (message.trim() !== '' || messageExpression !== undefined) return [];
        const text = `validation ${index + 1} of policy "${found.name}" has no message`;
        return problemAt(found.manifest, ['spec', 'validations', index], text);
      }),
    ),
    bound: [...unbound(context, problemAt), ...dangling(scope, problemAt)],
  };
}

/** Problems in the files of policies, as far as the run is about those. */
export function placed(
  context: LintContext,
  problems: readonly {
    readonly manifest: Manifest;
    readonly path: FieldPath;
    readonly message: string;
  }[],
): Problem[] {
  const problemAt = placing(context);
  return problems.flatMap(({ manifest, path, message }) => problemAt(manifest, path, message));
}

/** The policies that only a cluster can decide, each once. */
export function undecided(
  context: LintContext,
  reasons: ReadonlyMap<string, Violation>,
): Problem[] {
  const problemAt = placing(context);
  return context.ready.flatMap(({ found: { manifest, name } }) => {
    const reason = reasons.get(name);
    if (!reason) return [];
    const { validation, message } = reason;
    const path: FieldPath =
      validation === undefined
        ? ['spec', 'matchConditions']
        : ['spec', 'validations', validation, 'expression'];
    return problemAt(manifest, path, `policy "${name}" is not decided here: ${message}`);
  });
}

/** Only for manifests that are part of the run, or of the folders that were named for it. */
function placing({ scope, given }: LintContext): ProblemAt {
  const targets = new Set(scope.rendered.map(({ target }) => target.name));
  return (manifest, path, message) => {
    const location = given.locate(manifest, path);
    if (location) return [{ location, message }];
    const isSeen = scope.environment !== undefined || targets.has(manifest.target?.name ?? '');
    return isSeen ? [{ manifest, path, message }] : [];
  };
}

/** Where neither a cluster nor an environment is known, bindings may be elsewhere. */
function unbound({ scope, ready, given }: LintContext, problemAt: ProblemAt): Problem[] {
  const place = scope.cluster ? `cluster ${scope.cluster.name}` : scope.environment;
  if (place === undefined) return [];
  const named = new Set(scope.set.bindings.map(({ spec }) => spec.policyName));
  return ready.flatMap(({ found }) => {
    if (named.has(found.name) || given.set.policies.includes(found)) return [];
    return problemAt(
      found.manifest,
      ['metadata', 'name'],
      `policy "${found.name}" has no binding in ${place} and decides nothing there`,
    );
  });
}

function dangling({ set, cluster, environment }: PolicyScope, problemAt: ProblemAt): Problem[] {
  if (!cluster && !environment) return [];
  const names = new Set(set.policies.map(({ name }) => name));
  return set.bindings.flatMap(({ manifest, name, spec: { policyName = '' } }) => {
    if (names.has(policyName)) return [];
    const message = `binding "${name}" is of policy "${policyName}", which is not there`;
    return problemAt(manifest, ['spec', 'policyName'], message);
  });
}

/** A path as problems of a compiled policy have it: `/spec/validations/0/expression`. */
function fieldAt(path: string): FieldPath {
  return path
    .slice(1)
    .split('/')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function placeOf(issue: { readonly line: number; readonly column: number } | undefined): string {
  return issue && issue.line > 0
    ? ` (line ${issue.line}, column ${issue.column} of the expression)`
    : '';
}
