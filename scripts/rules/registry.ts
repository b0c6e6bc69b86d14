import type { Rule } from '../model.ts';
import { clusterRules } from './cluster-rules.ts';
import type { RuleInputs } from './inputs.ts';
import { policyRules } from './policy-rules.ts';
import { schemaRules } from './schema-rules.ts';
import { secretRules } from './secret-rules.ts';
import { sourceRules } from './source-rules.ts';
import { suppressionRules } from './suppression-rules.ts';
import { syncRules } from './sync-rules.ts';

/** Every built-in rule, in the order of the documentation. */
export function rulesFor(inputs: RuleInputs): readonly Rule[] {
  return [
    ...sourceRules(inputs),
    ...schemaRules(inputs),
    ...clusterRules(inputs),
    ...policyRules(inputs),
    ...syncRules(inputs),
    ...secretRules(),
    ...suppressionRules(),
  ];
}

/** The rules for telling about them, not for running. */
export const rules: readonly Rule[] = rulesFor({
  schemas: () => [],
  crdRules: () => [],
  deprecations: () => [],
  kubernetesVersions: [],
  scopeOf: () => undefined,
});
