import { groupOf } from '../../kubernetes/manifests.ts';
import type { ResourceOf } from '../admission-request.ts';
import { type CompiledPolicy, compilePolicy } from '../compile-policy.ts';
import { asMatched } from '../convert-version.ts';
import { evaluatePolicy, type Observe, type PolicyDecision } from '../evaluate-policy.ts';
import { matchRequest } from '../match.ts';
import { field } from '../selectors.ts';
import { serverView } from '../server-view.ts';
import type { AdmissionRequest, KubernetesObject, PolicySpec } from '../types.ts';
import type { PolicyCase } from './read-tests.ts';

/** What a case gave. */
interface CaseResult {
  readonly name: string;
  /** What is not as the case wants it; absent when it passed. */
  readonly fault?: string;
}

/** What the tests of a policy gave. */
export interface TestResult {
  readonly cases: readonly CaseResult[];
  /** Validations and conditions that were never true or never false. */
  readonly unseen: readonly string[];
  /** Why the policy does not compile; then no case was run. */
  readonly problems: readonly string[];
}

/** Runs the cases of a policy as a Kubernetes version decides them. */
export function runTests(
  spec: PolicySpec,
  cases: readonly PolicyCase[],
  resourceOf: ResourceOf,
  version?: string,
): TestResult {
  const policy = compilePolicy(spec, version);
  const problems = policy.problems.map(({ path, message }) => `${path}: ${message}`);
  if (problems.length > 0) return { cases: [], unseen: [], problems };
  const seen = new Set<string>();
  const observe: Observe = (part, index, held) => seen.add(`${part} ${index} ${held}`);
  const results = cases.map((one) => {
    const fault = faultOf(one, outcomeOf(policy, one, resourceOf, observe));
    return { name: one.name, ...(fault !== undefined && { fault }) };
  });
  return { cases: results, unseen: unseenIn(policy, seen), problems };
}

interface Outcome {
  readonly verdict: PolicyCase['expect'] | 'undecidable';
  readonly messages: readonly string[];
}

function outcomeOf(
  policy: CompiledPolicy,
  one: PolicyCase,
  resourceOf: ResourceOf,
  observe: Observe,
): Outcome {
  const request = requestOf(one, resourceOf);
  if (typeof request === 'string') return { verdict: 'error', messages: [request] };
  const matched = matchRequest(policy.spec.matchConstraints, request, true);
  if (matched !== true) return { verdict: 'skip', messages: [] };
  const seen = asMatched(policy.spec.matchConstraints, request);
  if (!seen) return { verdict: 'undecidable', messages: ['the object is of another version'] };
  const params = policy.spec.paramKind ? configMap(one.params) : null;
  return toOutcome(evaluatePolicy(policy, seen, params, observe));
}

function toOutcome(decision: PolicyDecision): Outcome {
  if ('matched' in decision) return { verdict: 'skip', messages: [] };
  if ('error' in decision) return { verdict: 'error', messages: [decision.error] };
  if ('undecidable' in decision) {
    return { verdict: 'undecidable', messages: [decision.undecidable] };
  }
  const refused = decision.validations.filter((verdict) => verdict.kind !== 'admit');
  const messages = refused.flatMap((verdict) => ('message' in verdict ? verdict.message : []));
  for (const [kind, verdict] of order) {
    if (refused.some((each) => each.kind === kind)) return { verdict, messages };
  }
  return { verdict: 'allow', messages: [] };
}

/** What decides over the rest where validations differ. */
const order = [
  ['undecidable', 'undecidable'],
  ['error', 'error'],
  ['deny', 'deny'],
] as const;

function faultOf({ expect, messages }: PolicyCase, outcome: Outcome): string | undefined {
  const said = outcome.messages.join('; ');
  if (outcome.verdict !== expect) {
    return `expected ${expect}, but it is ${outcome.verdict}${said ? `: ${said}` : ''}`;
  }
  const isSame =
    messages === undefined ||
    (messages.length === outcome.messages.length &&
      messages.every((message, index) => message === outcome.messages[index]));
  return isSame
    ? undefined
    : `expected ${JSON.stringify(messages.join('; '))}, but it says ${JSON.stringify(said)}`;
}

function requestOf(one: PolicyCase, resourceOf: ResourceOf): AdmissionRequest | string {
  const subject = one.object ?? one.oldObject ?? {};
  const apiVersion = String(subject.apiVersion ?? '');
  const resource = resourceOf(apiVersion, String(subject.kind ?? ''));
  if (!resource) return `kind ${apiVersion}/${subject.kind} is not known`;
  const name = String(field(subject.metadata, 'namespace') ?? '');
  const metadata = {
    name,
    labels: { ...one.namespaceLabels, 'kubernetes.io/metadata.name': name },
  };
  return {
    operation: one.operation,
    object: one.object && serverView(one.object),
    ...(one.oldObject && { oldObject: serverView(one.oldObject) }),
    resource: {
      group: groupOf(apiVersion),
      version: apiVersion.slice(apiVersion.indexOf('/') + 1),
      resource: resource.plural,
    },
    ...(one.subresource !== undefined && { subresource: one.subresource }),
    ...(resource.equivalents && { equivalents: resource.equivalents }),
    namespaced: resource.namespaced,
    namespace: { apiVersion: 'v1', kind: 'Namespace', metadata },
  };
}

function configMap(data: PolicyCase['params']): KubernetesObject {
  const metadata = { name: 'policy-params', namespace: 'policy-system' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

function unseenIn({ spec }: CompiledPolicy, seen: ReadonlySet<string>): string[] {
  const conditions = (spec.matchConditions ?? []).map(({ name }) => `condition "${name}"`);
  const validations = (spec.validations ?? []).map((_, index) => `validation ${index + 1}`);
  return [
    ...conditions.flatMap((name, index) => missing('matchConditions', index, name)),
    ...validations.flatMap((name, index) => missing('validations', index, name)),
  ];

  function missing(part: string, index: number, name: string): string[] {
    return [true, false]
      .filter((held) => !seen.has(`${part} ${index} ${held}`))
      .map((held) => `${name} was never ${held}`);
  }
}
