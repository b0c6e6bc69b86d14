import type { Rule } from '../model.ts';
import { affinityFindsPods } from './selectors/affinity-finds-pods.ts';
import { disruptionBudgetSelectsPods } from './selectors/disruption-budget-selects-pods.ts';
import { monitorSelectsSomething } from './selectors/monitor-selects-something.ts';
import { networkPolicyPeersExist } from './selectors/network-policy-peers-exist.ts';
import { networkPolicySelectsPods } from './selectors/network-policy-selects-pods.ts';
import { oneColorLive } from './selectors/one-color-live.ts';
import { serviceSelectsOneApp } from './selectors/service-selects-one-app.ts';
import { serviceSelectsPods } from './selectors/service-selects-pods.ts';
import { spreadCountsOwnPods } from './selectors/spread-counts-own-pods.ts';
import { targetPortExists } from './selectors/target-port-exists.ts';
import { workloadsApart } from './selectors/workloads-apart.ts';

/** Rules about the pods that others select. */
export function selectorRules(): readonly Rule[] {
  return [
    serviceSelectsPods,
    serviceSelectsOneApp,
    targetPortExists,
    oneColorLive,
    workloadsApart,
    disruptionBudgetSelectsPods,
    networkPolicySelectsPods,
    networkPolicyPeersExist,
    monitorSelectsSomething,
    spreadCountsOwnPods,
    affinityFindsPods,
  ];
}
