import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, items, quoted } from '../faults.ts';
import { parseQuantity, whole } from '../quantity.ts';
import { negative } from './resources.ts';

/** A ResourceQuota: ValidateResourceQuota of pkg/apis/core/validation. */
export function* quotaFaults(data: Fields): Generator<Fault> {
  for (const [name, value] of Object.entries(fieldsOf(fieldsOf(data.spec).hard))) {
    const path = ['spec', 'hard', name];
    yield* negative(name, value, path);
    const amount = parseQuantity(value);
    const isCount =
      /^(?:count\/|services|pods$|replicationcontrollers$|resourcequotas$|secrets$|configmaps$|persistentvolumeclaims$)/;
    if (isCount.test(name) && amount !== undefined && amount % whole !== 0n) {
      yield { path, message: `${name} ${quoted(value)} is no whole number` };
    }
  }
}

const bounds = ['min', 'defaultRequest', 'default', 'max'] as const;

/** A LimitRange: ValidateLimitRange of pkg/apis/core/validation. */
export function* limitRangeFaults(data: Fields): Generator<Fault> {
  const types = new Set<unknown>();
  for (const [limit, path] of items(fieldsOf(data.spec).limits, ['spec', 'limits'])) {
    if (types.has(limit.type)) {
      yield { path: [...path, 'type'], message: `type ${quoted(limit.type)} is limited twice` };
    }
    types.add(limit.type);
    if (limit.type === 'Pod') {
      for (const field of ['default', 'defaultRequest']) {
        if (Object.keys(fieldsOf(limit[field])).length === 0) continue;
        const fix = 'Pods have no amounts of their own to default; use the type Container.';
        yield { path: [...path, field], message: `${field} stands with the type Pod`, fix };
      }
    }
    yield* orderFaults(limit, path);
    yield* ratioFaults(limit, path);
  }
}

/** min <= defaultRequest <= default <= max, for each resource. */
function* orderFaults(limit: Fields, path: FieldPath): Generator<Fault> {
  const names = new Set(bounds.flatMap((bound) => Object.keys(fieldsOf(limit[bound]))));
  for (const name of names) {
    const given = bounds.flatMap((bound) => {
      const amounts = fieldsOf(limit[bound]);
      const amount = Object.hasOwn(amounts, name) ? parseQuantity(amounts[name]) : undefined;
      return amount === undefined ? [] : [{ bound, amount, value: amounts[name] }];
    });
    for (const [index, higher] of given.entries()) {
      const lower = given.slice(0, index).find(({ amount }) => amount > higher.amount);
      if (!lower) continue;
      const at = [...path, lower.bound, name];
      const message = `${lower.bound} ${name} ${quoted(lower.value)} is above ${higher.bound} ${quoted(higher.value)}`;
      yield { path: at, message, fix: 'Order them as min, defaultRequest, default, max.' };
      break;
    }
  }
}

function* ratioFaults(limit: Fields, path: FieldPath): Generator<Fault> {
  for (const [name, value] of Object.entries(fieldsOf(limit.maxLimitRequestRatio))) {
    const ratio = parseQuantity(value);
    if (ratio === undefined || ratio >= whole) continue;
    const at = [...path, 'maxLimitRequestRatio', name];
    yield { path: at, message: `maxLimitRequestRatio ${name} ${quoted(value)} is below 1` };
  }
}
