import { isRecord, listAt } from '../kubernetes/fields.ts';
import type { Manifest } from '../model.ts';
import type { ClusterIndex } from './cluster-index.ts';
import { isHeadless } from './declared-flows.ts';
import { endOf, type NetworkEnd } from './network-ends.ts';
import type { NetworkPort } from './network-policies.ts';
import { containerPortsOf } from './ports.ts';
import { podsMatching } from './selection.ts';
import { selectorOf } from './service-selector.ts';
import type { Workload } from './workloads.ts';

/** Pods that are called, and the port at which they are. */
export interface CalledPods {
  readonly workload: Workload;
  readonly end: NetworkEnd;
  readonly port: NetworkPort;
}

/**
 * The pods in Git that stand behind a port of a Service; none where that is not known.
 *
 * @param port its number or its name there
 */
export function podsBehind(
  index: ClusterIndex,
  service: Manifest,
  port: number | string | undefined,
): CalledPods[] {
  const selector = selectorOf(service);
  if (!selector) return [];
  const entry = listAt(service.data, ['spec', 'ports'])
    .filter(isRecord)
    .find((one) => one.port === port || one.name === port);
  const protocol = typeof entry?.protocol === 'string' ? entry.protocol : 'TCP';
  // The name of a headless Service gives pods themselves, so nobody maps the port.
  const target =
    isHeadless(service) && typeof port === 'number' ? port : (entry?.targetPort ?? entry?.port);
  return podsMatching(index, { matchLabels: selector }, service.namespace).flatMap((workload) => {
    const end = endOf(index, workload);
    return end ? { workload, end, port: portOf(workload, protocol, target) } : [];
  });
}

/** A container port by number or name, as packets have it. */
export function portOf(workload: Workload, protocol: string, target: unknown): NetworkPort {
  const number =
    typeof target === 'number'
      ? target
      : containerPortsOf(workload).find(({ name }) => name !== undefined && name === target)
          ?.number;
  return number === undefined ? { protocol } : { protocol, number };
}
