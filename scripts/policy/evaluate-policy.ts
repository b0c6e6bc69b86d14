import type { Outcome } from '../cel/compile.ts';
import { fail } from '../cel/errors.ts';
import { fromJson } from '../cel/json.ts';
import { struct, type Value } from '../cel/values.ts';
import type { CompiledPolicy, PolicyExpression } from './compile-policy.ts';
import { requestValue } from './request-value.ts';
import type { AdmissionRequest, KubernetesObject } from './types.ts';
import { UndecidableError } from './undecidable.ts';

/** What a policy says of a request. */
export type PolicyDecision =
  | { readonly matched: false }
  /** The match conditions cannot be told; under `failurePolicy: Ignore` the policy is skipped instead. */
  | { readonly error: string }
  /** A match condition asks for what only a cluster knows. */
  | { readonly undecidable: string }
  | { readonly validations: readonly Verdict[] };

/** What one validation says. */
type Verdict =
  | { readonly kind: 'admit' }
  | { readonly kind: 'deny'; readonly message: string }
  | { readonly kind: 'error'; readonly message: string }
  /** Only a cluster can tell. */
  | { readonly kind: 'undecidable'; readonly message: string };

const matchBudget = 2_500_000;
const budget = 10_000_000;
const perCall = 1_000_000;
const longestMessage = 5 * 1024;
const exhausted =
  'validation failed due to running out of cost budget, no further validation rules will be run';

/** Told of every match condition and validation that was evaluated, and what it gave. */
export type Observe = (
  part: 'matchConditions' | 'validations',
  index: number,
  held: boolean,
) => void;

/** Decides a request by a policy with one set of parameters, as the API server does. */
export function evaluatePolicy(
  policy: CompiledPolicy,
  request: AdmissionRequest,
  params: KubernetesObject | null = null,
  observe?: Observe,
): PolicyDecision {
  const run = runner(policy, request, params);
  const conditions = policy.matchConditions.map((condition) => run(condition, matchBudget));
  for (const [index, outcome] of conditions.entries()) {
    if ('value' in outcome) observe?.('matchConditions', index, outcome.value === true);
  }
  if (conditions.some((outcome) => 'value' in outcome && outcome.value === false)) {
    return { matched: false };
  }
  const undecided = conditions.find((outcome) => 'undecidable' in outcome);
  if (undecided && 'message' in undecided) return { undecidable: undecided.message };
  const errors = conditions.flatMap((outcome) =>
    'message' in outcome && outcome.message ? [outcome.message] : [],
  );
  if (errors.length > 0) {
    if (policy.spec.failurePolicy === 'Ignore') return { matched: false };
    const [only] = errors;
    return { error: `matchConditions: ${errors.length === 1 ? only : `[${errors.join(', ')}]`}` };
  }
  const validations: Verdict[] = [];
  for (const [index, { expression, message }] of policy.validations.entries()) {
    const verdict = judge(run(expression, budget));
    if (verdict.kind === 'admit' || verdict.kind === 'deny') {
      observe?.('validations', index, verdict.kind === 'admit');
    }
    if (verdict.kind !== 'deny') validations.push(verdict);
    else {
      const told = message && run(message, budget);
      const composed = told && 'value' in told ? usable(told.value) : '';
      const written = String(policy.spec.validations?.[index]?.message ?? '').trim();
      const fallback = written || `failed expression: ${expression.source.trim()}`;
      validations.push({ kind: 'deny', message: composed || fallback });
    }
    if (verdict.kind === 'error' && verdict.message === exhausted) break;
  }
  return { validations };
}

type Ran = { readonly value: Value } | { readonly message: string; readonly undecidable?: true };

function judge(ran: Ran): Verdict {
  if ('value' in ran) return ran.value === true ? { kind: 'admit' } : { kind: 'deny', message: '' };
  return { kind: ran.undecidable ? 'undecidable' : 'error', message: ran.message };
}

/** A composed message, unless it is none, too long, or of several lines. */
function usable(value: Value): string {
  const text = typeof value === 'string' ? value.trim() : '';
  return Buffer.byteLength(text) > longestMessage || text.includes('\n') ? '' : text;
}

/**
 * Whether one validation refuses a request, or fails, when expressions see another object than
 * the request's own; the match conditions are taken as met.
 */
export function refuses(
  policy: CompiledPolicy,
  validation: number,
  request: AdmissionRequest,
  params: KubernetesObject | null,
  object: Value,
): boolean {
  const expression = policy.validations[validation]?.expression;
  if (!expression) return false;
  const { kind } = judge(runner(policy, request, params, object)(expression, budget));
  return kind === 'deny' || kind === 'error';
}

/** Runs the expressions of one request; composed variables are computed once, when asked for. */
function runner(
  policy: CompiledPolicy,
  request: AdmissionRequest,
  params: KubernetesObject | null,
  object?: Value,
): (expression: PolicyExpression, limit: number) => Ran {
  let spent = 0;
  const composed = new Map<string, Outcome>();
  const variables = struct((name) => {
    const found = policy.variables.get(name);
    if (!found) return undefined;
    const outcome = composed.get(name) ?? evaluate(found);
    composed.set(name, outcome);
    if ('value' in outcome) return outcome.value;
    return fail(`composited variable ${JSON.stringify(name)} fails to evaluate: ${outcome.error}`);
  });
  const values = new Map<string, Value>([['variables', variables]]);
  const sources: Record<string, () => Value> = {
    object: () => object ?? converted(request.object),
    oldObject: () => converted(request.oldObject ?? null),
    params: () => converted(params),
    request: () => requestValue(request),
    namespaceObject: () => namespaceValue(request),
    authorizer: () => {
      throw new UndecidableError('the authorizer is known to a cluster only');
    },
  };
  return (expression, limit) => {
    if (spent > limit) return { message: exhausted };
    try {
      const outcome = evaluate(expression);
      if ('value' in outcome) return outcome;
      return { message: `expression '${expression.source}' resulted in error: ${outcome.error}` };
    } catch (error) {
      if (!(error instanceof UndecidableError)) throw error;
      return { message: error.message, undecidable: true };
    }
  };

  function evaluate({ program, error = '' }: PolicyExpression): Outcome {
    if (!program) return { error, cost: 0 };
    const outcome = program.evaluate(variable, { costLimit: perCall });
    spent += outcome.cost;
    return outcome;
  }

  function variable(name: string): Value | undefined {
    const known = values.get(name);
    if (known !== undefined) return known;
    const value = sources[name]?.();
    if (value !== undefined) values.set(name, value);
    return value;
  }
}

function namespaceValue(request: AdmissionRequest): Value {
  if (!request.namespaced) return null;
  if (request.namespace) return converted(request.namespace);
  throw new UndecidableError('the namespace of the object is not known');
}

const known = new WeakMap<KubernetesObject, Value>();

/** Many policies look at one object: it is converted once. */
function converted(object: KubernetesObject | null): Value {
  if (!object) return null;
  const value = known.get(object) ?? fromJson(object);
  known.set(object, value);
  return value;
}
