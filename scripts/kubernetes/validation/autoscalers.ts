import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, items, outside, present, quoted } from '../faults.ts';
import { named, pathSegment } from '../names.ts';
import { parseQuantity } from '../quantity.ts';

/** A HorizontalPodAutoscaler: ValidateHorizontalPodAutoscaler of pkg/apis/autoscaling/validation. */
export function* autoscalerFaults(data: Fields): Generator<Fault> {
  const spec = fieldsOf(data.spec);
  const { minReplicas, maxReplicas, scaleTargetRef, behavior } = spec;
  const metrics = Array.isArray(spec.metrics) ? spec.metrics : [];
  yield* outside(spec, ['spec'], ['maxReplicas', 'targetCPUUtilizationPercentage'], 1);
  yield* leastFaults(spec, metrics);
  if (
    typeof minReplicas === 'number' &&
    typeof maxReplicas === 'number' &&
    maxReplicas < minReplicas
  ) {
    const message = `maxReplicas ${maxReplicas} is below minReplicas ${minReplicas}`;
    yield { path: ['spec', 'maxReplicas'], message };
  }
  for (const field of ['kind', 'name']) {
    const value = fieldsOf(scaleTargetRef)[field];
    yield* named(field, value, ['spec', 'scaleTargetRef', field], pathSegment);
  }
  for (const [metric, path] of items(metrics, ['spec', 'metrics']))
    yield* metricFaults(metric, path);
  for (const direction of ['scaleUp', 'scaleDown']) {
    yield* behaviorFaults(fieldsOf(fieldsOf(behavior)[direction]), ['spec', 'behavior', direction]);
  }
}

/** Down to 0 goes only with the HPAScaleToZero feature, and by a metric from outside the pods. */
function* leastFaults(spec: Fields, metrics: readonly unknown[]): Generator<Fault> {
  if (spec.minReplicas !== 0) {
    yield* outside(spec, ['spec'], ['minReplicas'], 1);
    return;
  }
  const types = metrics.map((metric) => fieldsOf(metric).type);
  const fix = 'Use 1, or KEDA to scale to 0.';
  if (types.includes('External') || types.includes('Object')) {
    const message = 'minReplicas 0 needs the feature HPAScaleToZero, which is off by default';
    yield { path: ['spec', 'minReplicas'], message, fix, severity: 'warning' };
  } else {
    const message = 'minReplicas 0 stands without a metric of the type Object or External';
    yield { path: ['spec', 'minReplicas'], message, fix };
  }
}

const sources: Readonly<Record<string, string>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};

function* metricFaults(metric: Fields, path: FieldPath): Generator<Fault> {
  const { type } = metric;
  const expected = typeof type === 'string' ? sources[type] : undefined;
  const set = present(metric, Object.values(sources));
  if (expected && !set.includes(expected)) {
    const message = `a metric of the type ${type} has no ${expected}`;
    yield { path: [...path, 'type'], message };
  }
  for (const other of set.filter((one) => expected && one !== expected)) {
    yield { path: [...path, other], message: `${other} stands in a metric of the type ${type}` };
  }
  if (!expected || !set.includes(expected)) return;
  const target = fieldsOf(fieldsOf(metric[expected]).target);
  yield* targetFaults(expected, target, [...path, expected, 'target']);
}

const allowed: Readonly<Record<string, readonly string[]>> = {
  resource: ['averageUtilization', 'averageValue'],
  containerResource: ['averageUtilization', 'averageValue'],
  pods: ['averageValue'],
  external: ['value', 'averageValue'],
  object: ['value', 'averageValue'],
};

function* targetFaults(source: string, target: Fields, path: FieldPath): Generator<Fault> {
  const choices = allowed[source] ?? [];
  const set = present(target, choices);
  if (set.length === 0) {
    yield { path, message: `target of ${source} has no ${choices.join(' and no ')}` };
  }
  if (set.length > 1 && source !== 'object') {
    yield { path, message: `target of ${source} has both ${set.join(' and ')}`, fix: 'Keep one.' };
  }
  yield* outside(target, path, ['averageUtilization'], 1);
  for (const name of ['value', 'averageValue']) {
    const amount = parseQuantity(target[name]);
    if (amount === undefined || amount > 0n) continue;
    yield { path: [...path, name], message: `${name} ${quoted(target[name])} is not above 0` };
  }
}

function* behaviorFaults(rules: Fields, path: FieldPath): Generator<Fault> {
  yield* outside(rules, path, ['stabilizationWindowSeconds'], 0, 3600);
  for (const [policy, at] of items(rules.policies, [...path, 'policies'])) {
    yield* outside(policy, at, ['value'], 1);
    yield* outside(policy, at, ['periodSeconds'], 1, 1800);
  }
}
