import type { FieldPath, Manifest, Problem } from '../model.ts';
import { asMatched } from './convert-version.ts';
import { type BoundPolicy, decide, type Violation } from './decide.ts';
import { clause } from './policy-report.ts';
import type { AdmissionRequest, KubernetesObject } from './types.ts';
import { violatedField } from './violated-field.ts';

/** Manifests as requests, and what decides about them. */
export interface Decision {
  readonly policies: readonly BoundPolicy[];
  readonly params: readonly KubernetesObject[];
  readonly requests: readonly { readonly manifest: Manifest; readonly request: AdmissionRequest }[];
  /** Whether the API server refuses an object before any policy sees it. */
  readonly isInvalid: (manifest: Manifest) => boolean;
}

/** What the policies say of the manifests. */
export interface Decided {
  readonly refused: readonly Problem[];
  /** For each policy that only a cluster can decide, the first reason. */
  readonly undecidable: ReadonlyMap<string, Violation>;
  /** For each namespace whose labels are asked for and not known, an object in it. */
  readonly unknownNamespaces: ReadonlyMap<string, Manifest>;
}

/** A policy that costs too much again and again is not asked about every other object too. */
const mostExhausted = 3;

const strictness = { error: 2, warning: 1, note: 0 };

/** Decides every manifest by every policy. */
export function decideManifests({ policies, params, requests, isInvalid }: Decision): Decided {
  const refused: Problem[] = [];
  const undecidable = new Map<string, Violation>();
  const unknownNamespaces = new Map<string, Manifest>();
  const byName = new Map(policies.map((one) => [one.name, one]));
  const exhausted = new Map<string, number>();
  let asked = policies;
  for (const { manifest, request } of requests) {
    const violations = strictest(decide(asked, request, params));
    if (violations.length === 0 || isInvalid(manifest)) continue;
    for (const one of violations.filter(isExhausted)) {
      const count = (exhausted.get(one.policy) ?? 0) + 1;
      exhausted.set(one.policy, count);
      if (count >= mostExhausted) asked = asked.filter(({ name }) => name !== one.policy);
    }
    for (const violation of violations) {
      const { policy, namespace, kind } = violation;
      if (namespace !== undefined) {
        if (!unknownNamespaces.has(namespace)) unknownNamespaces.set(namespace, manifest);
      } else if (kind === 'undecidable') {
        if (!undecidable.has(policy)) undecidable.set(policy, violation);
      } else {
        const bound = byName.get(policy) as BoundPolicy;
        refused.push(toProblem(violation, bound, manifest, request));
      }
    }
  }
  return { refused, undecidable, unknownNamespaces };
}

function isExhausted({ kind, message }: Violation): boolean {
  return kind === 'failed' && /cost (?:limit exceeded|budget)/.test(message);
}

/** Two bindings of one policy say the same: the stricter counts. */
function strictest(violations: readonly Violation[]): Violation[] {
  const kept = new Map<string, Violation>();
  for (const one of violations) {
    const key = JSON.stringify([one.policy, one.kind, one.validation, one.message]);
    const other = kept.get(key);
    if (!other || strictness[one.severity] > strictness[other.severity]) kept.set(key, one);
  }
  return [...kept.values()];
}

function toProblem(
  violation: Violation,
  { policy }: BoundPolicy,
  manifest: Manifest,
  request: AdmissionRequest,
): Problem {
  const { validation, severity, params = null } = violation;
  const seen = asMatched(policy.spec.matchConstraints, request) ?? request;
  const path: FieldPath =
    validation === undefined || isExhausted(violation)
      ? []
      : violatedField({ policy, validation, request: seen, params });
  const words = manifest.kind === 'Secret' ? plainWords(violation, policy.spec) : violation.message;
  const verb = violation.kind === 'failed' ? ' cannot be evaluated' : '';
  return {
    manifest,
    path,
    severity,
    discriminator: violation.policy,
    message: `policy "${violation.policy}"${verb}: ${clause(words)}`,
  };
}

/** What is composed at run time may quote a Secret's values. */
function plainWords(
  { validation = -1, kind }: Violation,
  { validations = [] }: BoundPolicy['policy']['spec'],
): string {
  const { message, expression } = validations[validation] ?? {};
  if (kind === 'failed') return 'an expression fails';
  return message?.trim() || `failed expression: ${expression}`;
}
