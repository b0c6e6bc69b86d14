import type { Rule } from '../model.ts';
import { pinnedTag } from './images/pinned-tag.ts';
import type { RuleInputs } from './inputs.ts';
import { networkRules } from './network-rules.ts';
import { referenceRules } from './reference-rules.ts';
import { replicasUnset } from './scaling/replicas-unset.ts';
import { scalingRules } from './scaling-rules.ts';
import { selectorRules } from './selector-rules.ts';
import { workloadRules } from './workload-rules.ts';

/** Rules about workloads and about how the objects of a cluster fit together. */
export function clusterRules({ references }: Pick<RuleInputs, 'references'>): readonly Rule[] {
  return [
    pinnedTag,
    replicasUnset,
    ...selectorRules(),
    ...referenceRules(references),
    ...scalingRules(),
    ...networkRules(),
    ...workloadRules(),
  ];
}
