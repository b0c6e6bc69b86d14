import type { Rule } from '../model.ts';
import { noClusterAdmin } from './rbac/no-cluster-admin.ts';
import { powersRestrained } from './rbac/powers-restrained.ts';
import { budgetBounded } from './workloads/budget-bounded.ts';
import { disruptionBudgetPresent } from './workloads/disruption-budget-present.ts';
import { probePortsExist } from './workloads/probe-ports-exist.ts';
import { tokenNeeded } from './workloads/token-needed.ts';
import { unhealthyPodsEvictable } from './workloads/unhealthy-pods-evictable.ts';

/** Rules about the reliability of workloads and the rights of their pods, besides the policies. */
export function workloadRules(): readonly Rule[] {
  return [
    probePortsExist,
    disruptionBudgetPresent,
    budgetBounded,
    unhealthyPodsEvictable,
    tokenNeeded,
    noClusterAdmin,
    powersRestrained,
  ];
}
