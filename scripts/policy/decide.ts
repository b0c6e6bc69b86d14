import type { CompiledPolicy } from './compile-policy.ts';
import { asMatched } from './convert-version.ts';
import { evaluatePolicy, type PolicyDecision } from './evaluate-policy.ts';
import { type Match, matchRequest, namespaceName } from './match.ts';
import { findParams } from './params.ts';
import type { AdmissionRequest, BindingSpec, KubernetesObject } from './types.ts';

/** A policy with its bindings, as one cluster has them. */
export interface BoundPolicy {
  readonly name: string;
  readonly policy: CompiledPolicy;
  readonly bindings: readonly { readonly name: string; readonly spec: BindingSpec }[];
}

/** Something a policy has to say of a request. */
export interface Violation {
  readonly policy: string;
  readonly binding: string;
  readonly message: string;
  /** By the binding's actions: Deny is an error, Warn a warning, Audit a note. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Which validation said so, from 0; absent where the policy failed before them. */
  readonly validation?: number;
  /** `undecidable`: only a cluster knows, so this is no verdict. */
  readonly kind: 'denied' | 'failed' | 'undecidable';
  /** What it was decided with, where the policy takes parameters. */
  readonly params?: KubernetesObject | null;
  /** The namespace whose labels would have to be known. */
  readonly namespace?: string;
}

/** What the policies of a cluster say of a request; `params` are the objects of the cluster. */
export function decide(
  policies: readonly BoundPolicy[],
  request: AdmissionRequest,
  params: readonly KubernetesObject[],
): Violation[] {
  return policies.flatMap(({ name, policy, bindings }) => {
    const { matchConstraints } = policy.spec;
    const matched = matchRequest(matchConstraints, request, true);
    if (matched === false) return [];
    const seen = asMatched(matchConstraints, request);
    return bindings.flatMap((binding): Violation[] => {
      const about = both(matched, matchRequest(binding.spec.matchResources, request, false));
      if (about === false) return [];
      const base = { policy: name, binding: binding.name, severity: severityOf(binding.spec) };
      if (about !== true) {
        const namespace = namespaceName(request);
        return [{ ...base, kind: 'undecidable', message: about.unknown, namespace }];
      }
      if (!seen) {
        const { apiVersion, kind } = request.object ?? request.oldObject ?? {};
        const message = `it is about another version of ${kind} than ${apiVersion}`;
        return [{ ...base, kind: 'undecidable', message }];
      }
      return decideBinding(policy, binding.spec, seen, params).map((said) => ({
        ...base,
        ...said,
      }));
    });
  });
}

function both(one: Match, other: Match): Match {
  if (one === false || other === false) return false;
  return one === true ? other : one;
}

/** The strictest of a binding's actions; a binding without any denies nothing and warns nobody. */
function severityOf({ validationActions = [] }: BindingSpec): Violation['severity'] {
  if (validationActions.includes('Deny')) return 'error';
  return validationActions.includes('Warn') ? 'warning' : 'note';
}

type Said = Pick<Violation, 'message' | 'kind' | 'validation' | 'params'>;

function decideBinding(
  policy: CompiledPolicy,
  binding: BindingSpec,
  request: AdmissionRequest,
  objects: readonly KubernetesObject[],
): Said[] {
  const found = findParams(policy.spec, binding, objects, namespaceName(request));
  if ('error' in found) {
    return policy.spec.failurePolicy === 'Ignore' ? [] : [{ kind: 'failed', message: found.error }];
  }
  const said = found.params.flatMap((params) =>
    report(policy, evaluatePolicy(policy, request, params)).map((one) => ({ ...one, params })),
  );
  return said.filter(
    (each, index) =>
      said.findIndex(
        (other) => other.message === each.message && other.validation === each.validation,
      ) === index,
  );
}

function report({ spec }: CompiledPolicy, decision: PolicyDecision): Said[] {
  if ('matched' in decision) return [];
  if ('error' in decision) return [{ kind: 'failed', message: decision.error }];
  if ('undecidable' in decision) return [{ kind: 'undecidable', message: decision.undecidable }];
  return decision.validations.flatMap((verdict, validation): Said[] => {
    if (verdict.kind === 'admit') return [];
    const { message } = verdict;
    if (verdict.kind === 'deny') return [{ kind: 'denied', message, validation }];
    if (verdict.kind === 'undecidable') return [{ kind: 'undecidable', message, validation }];
    return spec.failurePolicy === 'Ignore' ? [] : [{ kind: 'failed', message, validation }];
  });
}
