import type { Rule } from '../model.ts';
import { limitRangeRespected } from './capacity/limit-range-respected.ts';
import { quotaFits } from './capacity/quota-fits.ts';
import { requestsSetUnderQuota } from './capacity/requests-set-under-quota.ts';
import { autoscalerPresent } from './scaling/autoscaler-present.ts';
import { boundsOrdered } from './scaling/bounds-ordered.ts';
import { budgetAllowsEviction } from './scaling/budget-allows-eviction.ts';
import { metricsServed } from './scaling/metrics-served.ts';
import { oneAutoscaler } from './scaling/one-autoscaler.ts';
import { rolloutPossible } from './scaling/rollout-possible.ts';
import { triggersComplete } from './scaling/triggers-complete.ts';
import { utilizationHasRequests } from './scaling/utilization-has-requests.ts';
import { volumeShared } from './scaling/volume-shared.ts';
import { vpaLeavesHpaMetrics } from './scaling/vpa-leaves-hpa-metrics.ts';

/** Rules about how many pods there may be, and whether they fit. */
export function scalingRules(): readonly Rule[] {
  return [
    oneAutoscaler,
    autoscalerPresent,
    boundsOrdered,
    utilizationHasRequests,
    vpaLeavesHpaMetrics,
    metricsServed,
    triggersComplete,
    budgetAllowsEviction,
    rolloutPossible,
    volumeShared,
    quotaFits,
    limitRangeRespected,
    requestsSetUnderQuota,
  ];
}
