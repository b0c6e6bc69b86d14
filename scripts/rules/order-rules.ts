import type { Rule } from '../model.ts';
import type { RuleInputs } from './inputs.ts';
import { crdBeforeUse } from './sync/crd-before-use.ts';
import { dependencyReady } from './sync/dependency-ready.ts';
import { namespaceExists } from './sync/namespace-exists.ts';
import { orderAgrees } from './sync/order-agrees.ts';
import { producedBeforeConsumed } from './sync/produced-before-consumed.ts';
import { webhookReady } from './sync/webhook-ready.ts';

/** Rules about the order in which an empty cluster is filled: what `sync/simulate` finds. */
export function orderRules({ scopeOf }: Pick<RuleInputs, 'scopeOf'>): readonly Rule[] {
  return [
    crdBeforeUse,
    namespaceExists(scopeOf),
    webhookReady,
    producedBeforeConsumed,
    dependencyReady,
    orderAgrees,
  ];
}
