import type { FieldPath } from '../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, items, plain, quoted } from './faults.ts';
import { labelValue, named, qualified } from './names.ts';

/** Keys and values of labels: ValidateLabels of apimachinery's meta/v1 validation. */
export function* labelFaults(labels: unknown, path: FieldPath): Generator<Fault> {
  for (const [key, value] of Object.entries(fieldsOf(labels))) {
    yield* qualified('label', key, [...path, key]);
    yield* named(`label ${key}`, value, [...path, key], labelValue);
  }
}

/** A label selector: ValidateLabelSelector of apimachinery's meta/v1 validation. */
export function* selectorFaults(selector: unknown, path: FieldPath): Generator<Fault> {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  if (matchLabels) yield* labelFaults(matchLabels, [...path, 'matchLabels']);
  if (matchExpressions) yield* expressionFaults(matchExpressions, [...path, 'matchExpressions']);
}

/** Requirements of label and node selectors: operators and how many values they take. */
export function* expressionFaults(expressions: unknown, path: FieldPath): Generator<Fault> {
  for (const [{ key, operator, values }, at] of items(expressions, path)) {
    if (typeof key === 'string') yield* qualified('key', key, [...at, 'key']);
    const count = Array.isArray(values) ? values.length : 0;
    const where = [...at, count === 0 ? 'operator' : 'values'];
    if ((operator === 'In' || operator === 'NotIn') && count === 0) {
      yield { path: where, message: `operator ${operator} has no values` };
    }
    if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0) {
      yield { path: where, message: `operator ${operator} has values and takes none` };
    }
    if ((operator === 'Gt' || operator === 'Lt') && count !== 1) {
      yield { path: where, message: `operator ${operator} has ${count} values and takes one` };
    }
  }
}

/** Whether a label selector asks for nothing at all. */
export function isEmptySelector(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  const expressions = Array.isArray(matchExpressions) ? matchExpressions.length : 0;
  return Object.keys(fieldsOf(matchLabels)).length + expressions === 0;
}

/**
 * What labels lack of what a selector asks for, as `app=web` or `tier In (a,b)`;
 * undefined when they match.
 */
export function mismatchOf(selector: unknown, labels: Fields): string | undefined {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  for (const [key, value] of Object.entries(fieldsOf(matchLabels))) {
    const own = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (isBlank(own) && isBlank(value) && own !== undefined) continue;
    if (own !== value) return quoted(`${key}=${plain(value)}`);
  }
  for (const [{ key, operator, values }] of items(matchExpressions, [])) {
    if (typeof key !== 'string' || !Array.isArray(values ?? [])) continue;
    // Without values it is no requirement that anything could meet.
    if (
      (operator === 'In' || operator === 'NotIn') &&
      !(Array.isArray(values) && values.length > 0)
    )
      continue;
    const has = Object.hasOwn(labels, key);
    const among = has && Array.isArray(values) && values.includes(labels[key]);
    const matches =
      (operator === 'In' && among) ||
      (operator === 'NotIn' && !among) ||
      (operator === 'Exists' && has) ||
      (operator === 'DoesNotExist' && !has);
    if (!matches) return quoted(`${key} ${plain(operator)}${listedValues(values)}`);
  }
  return undefined;
}

function listedValues(values: unknown): string {
  return Array.isArray(values) ? ` (${values.map(plain).join(',')})` : '';
}
