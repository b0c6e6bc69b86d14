import { fieldsOf, items } from '../kubernetes/faults.ts';
import type { PodTemplate } from '../kubernetes/pod-templates.ts';
import { type Amounts, amountsOf, larger, sum } from './amounts.ts';
import { type Limit, requirementsOf } from './limit-ranges.ts';

/** What one pod counts. */
export interface PodAmounts {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/**
 * What the scheduler and the quota count of a pod: the containers together, or one init
 * container where that is more; sidecars (restartPolicy Always) stay and add up; amounts of
 * the pod itself decide, and the overhead of its runtime comes on top. As PodRequests and
 * PodLimits of k8s.io/component-helpers.
 *
 * @param runtime the overhead of the pod's RuntimeClass, where the pod itself has none
 */
export function podAmounts(
  { spec }: PodTemplate,
  limits: readonly Limit[],
  runtime?: Amounts,
): PodAmounts {
  const overhead = spec.overhead === undefined ? (runtime ?? none) : amountsOf(spec.overhead);
  const requests = together(spec, limits, 'requests');
  const most = together(spec, limits, 'limits');
  // A pod without a limit has none through its overhead.
  const capped = new Map([...overhead].filter(([name]) => (most.get(name) ?? 0n) > 0n));
  return { requests: sum(requests, overhead), limits: sum(most, capped) };
}

/** The same without overhead, which is what a LimitRange compares. */
export function together(
  spec: PodTemplate['spec'],
  limits: readonly Limit[],
  field: 'requests' | 'limits',
): Amounts {
  let all: Amounts = none;
  for (const [container] of items(spec.containers, [])) {
    all = sum(all, requirementsOf(container, limits)[field]);
  }
  let sidecars: Amounts = none;
  let starting: Amounts = none;
  for (const [container] of items(spec.initContainers, [])) {
    const own = requirementsOf(container, limits)[field];
    const isSidecar = container.restartPolicy === 'Always';
    if (isSidecar) {
      all = sum(all, own);
      sidecars = sum(sidecars, own);
    }
    starting = larger(starting, isSidecar ? sidecars : sum(own, sidecars));
  }
  const ofPod = fieldsOf(spec.resources);
  const podRequests = new Map([...amountsOf(ofPod.limits), ...amountsOf(ofPod.requests)]);
  const ofItself = field === 'requests' ? podRequests : amountsOf(ofPod.limits);
  return new Map([...larger(all, starting), ...ofItself]);
}

const none: Amounts = new Map();
