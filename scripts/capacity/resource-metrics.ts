import { items, plain } from '../kubernetes/faults.ts';
import { textAt, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';

/** A resource of the pods that an autoscaler scales by. */
export interface ResourceMetric {
  /** `cpu`, `memory`, or another one that containers ask for. */
  readonly resource: string;
  /** The one container that counts; all of them when absent. */
  readonly container?: string;
  /** Whether it is compared with the requests, and not taken as it is. */
  readonly isUtilization: boolean;
  /** Where the autoscaler says so. */
  readonly path: FieldPath;
}

/** The pods' own resources that an HPA or a ScaledObject scales by. */
export function resourceMetricsOf({ kind, data }: Manifest): ResourceMetric[] {
  if (kind === 'ScaledObject') return ofTriggers(data);
  const percentage = valueAt(data, ['spec', 'targetCPUUtilizationPercentage']);
  const path = ['spec', 'targetCPUUtilizationPercentage'];
  const first = typeof percentage === 'number';
  const metrics = items(valueAt(data, ['spec', 'metrics']), ['spec', 'metrics']);
  // The API server's default is 80 % of the CPU.
  if (!first && metrics.length === 0) {
    return [{ resource: 'cpu', isUtilization: true, path: ['spec'] }];
  }
  return [
    ...(first ? [{ resource: 'cpu', isUtilization: true, path }] : []),
    ...metrics.flatMap(([metric, at]): ResourceMetric[] => {
      const field = sources[plain(metric.type)];
      const resource = field && textAt(metric, [field, 'name']);
      if (!field || resource === undefined) return [];
      const container = textAt(metric, [field, 'container']);
      const target = [field, 'target', 'averageUtilization'];
      const isUtilization = valueAt(metric, target) !== undefined;
      return [{ resource, ...(container && { container }), isUtilization, path: [...at, field] }];
    }),
  ];
}

const sources: Readonly<Record<string, string>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
};

/** KEDA hands its cpu and memory triggers to the HPA that it makes. */
function ofTriggers(data: unknown): ResourceMetric[] {
  return items(valueAt(data, ['spec', 'triggers']), ['spec', 'triggers']).flatMap(
    ([trigger, path]): ResourceMetric[] => {
      const { type } = trigger;
      if (type !== 'cpu' && type !== 'memory') return [];
      const container = textAt(trigger, ['metadata', 'containerName']);
      const metricType = trigger.metricType ?? valueAt(trigger, ['metadata', 'type']);
      const isUtilization = metricType === 'Utilization';
      return [{ resource: type, ...(container && { container }), isUtilization, path }];
    },
  );
}
