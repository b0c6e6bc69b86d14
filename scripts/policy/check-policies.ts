import { languageOf } from '../cel/environment.ts';
import type { ClusterView, Manifest, Problem, Rendered } from '../model.ts';
import { type RequestContext, requestFor } from './admission-request.ts';
import { beforeIn } from './before.ts';
import { type CompiledExpressions, type CompiledPolicy, compilePolicy } from './compile-policy.ts';
import type { BoundPolicy } from './decide.ts';
import { type Decision, decideManifests } from './decide-manifests.ts';
import { type ExceptionFiles, exceptionProblems, unusedExceptions } from './exception-problems.ts';
import type { FoundPolicy } from './find-policies.ts';
import { type GivenPolicies, givenBindings } from './given-policies.ts';
import { kyvernoPolicies } from './kyverno.ts';
import { lintPolicies, placed, type ReadyPolicy, undecided } from './lint-policies.ts';
import { namespacesOf } from './namespaces.ts';
import { emptyReport, joined, type PolicyReport } from './policy-report.ts';
import { type PolicyScope, policyScopes } from './policy-scopes.ts';
import {
  type KindType,
  type TypedExpressions,
  type TypeProblem,
  typeProblems,
} from './typed-policy.ts';
import type { BindingSpec } from './types.ts';

export interface PolicyCheckOptions {
  /** What the folder of each environment renders to. */
  readonly environments: ReadonlyMap<string, readonly Manifest[]>;
  /** Policies that stand elsewhere. */
  readonly given: GivenPolicies;
  /** Names resources as a Kubernetes version has them. */
  readonly resourceOf: (kubernetes?: string) => RequestContext['resourceOf'];
  /** The type of a kind's objects in a Kubernetes version. */
  readonly kindType: (kubernetes?: string) => KindType;
  /** The Kubernetes version that decides in a view; without a cluster, the oldest of all. */
  readonly versionFor: (view: Pick<ClusterView, 'cluster'>) => string | undefined;
  readonly isInvalid: (manifest: Manifest) => boolean;
  /** Whether all targets of a cluster are in sight, and so all Namespaces. */
  readonly isWhole: boolean;
  /** The exceptions that the repository records; absent without them, and in a partial run. */
  readonly exceptions?: ExceptionFiles;
  /** The environments of which one cluster alone shows what lands there. */
  readonly environmentOf: (scope: PolicyScope) => string | undefined;
  /** What the change starts from: objects of it are updated, and not created. */
  readonly base?: readonly Rendered[];
}

/** Makes the check that says what the policies of a view decide, each view once. */
export function policyCheck(options: PolicyCheckOptions): (view: ClusterView) => PolicyReport {
  const compiled = new Map<string, CompiledPolicy>();
  const expressions: CompiledExpressions = new Map();
  const reports = new Map<string, PolicyReport>();
  let kindType: KindType | undefined;
  const typed = new Map<string, readonly TypeProblem[]>();
  const typedExpressions: TypedExpressions = new Map();
  return (view) => {
    const name = view.cluster?.name ?? '';
    const report = reports.get(name) ?? joined(scopesOf(view).map((scope) => checkScope(scope)));
    reports.set(name, report);
    return report;
  };

  function scopesOf(view: ClusterView): PolicyScope[] {
    return policyScopes(view, options.environments).filter(
      ({ rendered, set }) => rendered.length + set.policies.length > 0,
    );
  }

  function checkScope(scope: PolicyScope): PolicyReport {
    const { given } = options;
    const policies = [...scope.set.policies, ...(scope.environment ? [] : given.set.policies)];
    const others = [...scope.set.kyverno, ...(scope.environment ? [] : given.set.kyverno)];
    if (policies.length + scope.set.bindings.length + others.length === 0) return emptyReport;
    const version = options.versionFor(scope);
    const kyverno = kyvernoPolicies(others, (found) => compileOnce(found, version));
    const resourceOf = options.resourceOf(version);
    const ready = policies.map((found) => ({ found, policy: compileOnce(found, version) }));
    const bindings = [...scope.set.bindings, ...givenBindings(given)];
    const decision = {
      policies: [...ready.flatMap((one) => toBound(one, bindings)), ...kyverno.portable],
      params: [...scope.set.params, ...given.set.params],
      requests: requestsOf(scope, resourceOf),
      isInvalid: options.isInvalid,
    };
    const decided = decideManifests(decision);
    const context = { scope, given, ready, typesOf: typesOnce };
    return {
      ...lintPolicies(context),
      satisfied: decided.refused,
      portable: placed(context, kyverno.notes),
      excepted: exceptionsIn(scope, decision),
      decidable: undecided(context, decided.undecidable),
      namespacesKnown: [...decided.unknownNamespaces].map(([namespace, manifest]) =>
        unknownNamespace(namespace, manifest, scope),
      ),
    };
  }

  /** Clusters share their policies: what the schemas of the oldest tell is told once. */
  function typesOnce({ found: { spec }, policy }: ReadyPolicy): readonly TypeProblem[] {
    const key = JSON.stringify(spec);
    const version = options.versionFor({});
    kindType ??= options.kindType(version);
    const problems =
      typed.get(key) ?? typeProblems(spec, policy, { version, kindType, known: typedExpressions });
    typed.set(key, problems);
    return problems;
  }

  function exceptionsIn(scope: PolicyScope, decision: Decision): Problem[] {
    const { exceptions } = options;
    if (!exceptions) return [];
    const environment = options.environmentOf(scope);
    const isRendered = scope.rendered.every(({ failures }) => failures.length === 0);
    return [
      ...exceptionProblems(exceptions),
      ...(environment !== undefined && isRendered
        ? unusedExceptions(exceptions, { ...decision, environment })
        : []),
    ];
  }

  /** Without a cluster, or where something is out of sight, a Namespace may be elsewhere. */
  function unknownNamespace(namespace: string, manifest: Manifest, scope: PolicyScope): Problem {
    const isRendered = scope.rendered.every(({ failures }) => failures.length === 0);
    const isSure = options.isWhole && scope.cluster && isRendered && namespace !== '';
    return {
      manifest,
      path: ['metadata', 'namespace'],
      severity: isSure ? 'error' : 'note',
      message: namespace
        ? `labels of namespace "${namespace}" are not known, and policies are chosen by them`
        : 'there is no namespace, and policies are chosen by its labels',
    };
  }

  function requestsOf(
    { rendered, cluster }: PolicyScope,
    resourceOf: RequestContext['resourceOf'],
  ) {
    const namespaces = namespacesOf({ rendered, ...(cluster && { cluster }) });
    const before = options.base && beforeIn(options.base, cluster?.name);
    return rendered
      .flatMap(({ manifests }) => manifests)
      .flatMap((manifest) => {
        const request = requestFor(manifest, { resourceOf, namespaces, ...(before && { before }) });
        return request ? [{ manifest, request }] : [];
      });
  }

  function compileOnce({ spec }: FoundPolicy, version: string | undefined): CompiledPolicy {
    const key = `${languageOf(version)} ${JSON.stringify(spec)}`;
    const policy = compiled.get(key) ?? compilePolicy(spec, version, expressions);
    compiled.set(key, policy);
    return policy;
  }
}

/** The API server refuses a policy that does not compile, so such a one decides nothing. */
function toBound(
  { found: { name }, policy }: { readonly found: FoundPolicy; readonly policy: CompiledPolicy },
  bindings: readonly { readonly name: string; readonly spec: BindingSpec }[],
): BoundPolicy[] {
  const own = bindings.filter(({ spec }) => spec.policyName === name);
  return policy.problems.length > 0 || own.length === 0 ? [] : [{ name, policy, bindings: own }];
}
