import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, items, quoted } from '../faults.ts';
import { qualified } from '../names.ts';
import { parseQuantity, whole } from '../quantity.ts';

const containerResources: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** Resources of Kubernetes itself have no prefix, or one below kubernetes.io. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Requests and limits of a pod's containers: ValidateContainerResourceRequirements of pkg/apis/core/validation. */
export function* resourceFaults(spec: Fields, path: FieldPath): Generator<Fault> {
  for (const field of ['initContainers', 'containers']) {
    for (const [container, at] of items(spec[field], [...path, field])) {
      if (container.resources)
        yield* requirementFaults(fieldsOf(container.resources), [...at, 'resources']);
    }
  }
  for (const [volume, at] of items(spec.volumes, [...path, 'volumes'])) {
    if (!volume.emptyDir) continue;
    const where = [...at, 'emptyDir', 'sizeLimit'];
    yield* negative('sizeLimit', fieldsOf(volume.emptyDir).sizeLimit, where);
  }
}

function* requirementFaults(resources: Fields, path: FieldPath): Generator<Fault> {
  const limits = fieldsOf(resources.limits);
  const requests = fieldsOf(resources.requests);
  for (const [field, amounts] of [
    ['limits', limits],
    ['requests', requests],
  ] as const) {
    for (const [name, value] of Object.entries(amounts)) {
      const at = [...path, field, name];
      yield* resourceName(name, at);
      yield* negative(name, value, at);
      yield* fractional(name, value, at);
    }
  }
  for (const [name, value] of Object.entries(requests)) {
    const request = parseQuantity(value);
    const at = [...path, 'requests', name];
    if (request === undefined) continue;
    const limit = Object.hasOwn(limits, name) ? parseQuantity(limits[name]) : undefined;
    const isExact = !isNative(name) || name.startsWith('hugepages-');
    if (limit === undefined) {
      if (!isExact || Object.hasOwn(limits, name)) continue;
      const fix = `Set the limit of ${name} to the same amount.`;
      yield { path: at, message: `${name} is requested without a limit`, fix };
    } else if (request > limit) {
      const message = `request ${name} ${quoted(value)} is above its limit ${quoted(limits[name])}`;
      yield { path: at, message, fix: 'Raise the limit or lower the request.' };
    } else if (isExact && request !== limit) {
      const message = `request ${name} ${quoted(value)} differs from its limit ${quoted(limits[name])}`;
      yield { path: at, message, fix: `Make both equal: ${name} cannot be overcommitted.` };
    }
  }
  const names = Object.keys({ ...limits, ...requests });
  const pages = names.find((name) => name.startsWith('hugepages-'));
  if (pages && !names.includes('cpu') && !names.includes('memory')) {
    yield { path, message: `${pages} stands without cpu and memory` };
  }
}

function* resourceName(name: string, path: FieldPath): Generator<Fault> {
  yield* qualified('resource', name, path);
  if (name.includes('/') || containerResources.has(name) || name.startsWith('hugepages-')) return;
  const fix = 'Use cpu, memory, ephemeral-storage, hugepages-<size> or <domain>/<resource>.';
  yield { path, message: `resource ${quoted(name)} is none that containers have`, fix };
}

/** Whole bytes of memory are what the API server warns for; whole devices what it asks for. */
function* fractional(name: string, value: unknown, path: FieldPath): Generator<Fault> {
  const amount = parseQuantity(value);
  if (amount === undefined || amount % whole === 0n) return;
  if (!isNative(name)) {
    yield { path, message: `${name} ${quoted(value)} is no whole number` };
  } else if (name === 'memory' || name === 'ephemeral-storage') {
    const message = `${name} ${quoted(value)} is no whole number of bytes`;
    const fix = 'The suffix "m" means thousandths; "Mi" and "M" are millions of bytes.';
    yield { path, message, fix, severity: 'warning' };
  }
}

/** ValidateNonnegativeQuantity. */
export function* negative(name: string, value: unknown, path: FieldPath): Generator<Fault> {
  const amount = parseQuantity(value);
  if (amount === undefined || amount >= 0n) return;
  yield { path, message: `${name} ${quoted(value)} is below 0` };
}
