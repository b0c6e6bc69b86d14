import type { Rule } from '../model.ts';
import type { RuleInputs } from './inputs.ts';
import { policiesBound } from './policies/bound.ts';
import { policiesCompile } from './policies/compiles.ts';
import { policiesDecidable } from './policies/decidable.ts';
import { exceptionsCurrent } from './policies/exceptions-current.ts';
import { policiesExplained } from './policies/explained.ts';
import { namespacesKnown } from './policies/namespaces-known.ts';
import { saysNothing } from './policies/policy-check.ts';
import { policiesPortable } from './policies/portable.ts';
import { policiesSatisfied } from './policies/satisfied.ts';
import { policiesTyped } from './policies/typed.ts';

/** Rules about admission policies and about what they decide. */
export function policyRules({
  policies = saysNothing,
}: Pick<RuleInputs, 'policies'>): readonly Rule[] {
  return [
    policiesSatisfied(policies),
    namespacesKnown(policies),
    policiesDecidable(policies),
    policiesCompile(policies),
    policiesTyped(policies),
    policiesExplained(policies),
    policiesBound(policies),
    exceptionsCurrent(policies),
    policiesPortable(policies),
  ];
}
