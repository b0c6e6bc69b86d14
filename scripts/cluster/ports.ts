import { isRecord, listAt, textAt } from '../kubernetes/fields.ts';
import type { Workload } from './workloads.ts';

/** A port that a container says it listens on. */
export interface ContainerPort {
  readonly number: number;
  readonly name?: string;
}

/** The ports of a workload's containers, of sidecars among the init containers too. */
export function containerPortsOf({ spec }: Workload): ContainerPort[] {
  return ['containers', 'initContainers'].flatMap((field) =>
    listAt(spec, [field]).flatMap((container) =>
      listAt(container, ['ports']).flatMap((port) => {
        const name = textAt(port, ['name']);
        if (!isRecord(port) || typeof port.containerPort !== 'number') return [];
        return { number: port.containerPort, ...(name && { name }) };
      }),
    ),
  );
}

/** The names of a workload's ports. */
export function portNamesOf(workload: Workload): string[] {
  return containerPortsOf(workload).flatMap(({ name }) => name ?? []);
}

/** Whether a port of a workload's containers is none that the API server would take. */
export function hasUnreadPort({ spec }: Workload): boolean {
  const containers = ['containers', 'initContainers'].flatMap((field) => listAt(spec, [field]));
  return containers
    .flatMap((container) => listAt(container, ['ports']))
    .some((port) => !isRecord(port) || typeof port.containerPort !== 'number');
}
