import type { LabelSelector } from './types.ts';

/** Whether labels satisfy a selector; an absent or empty one is always satisfied. */
export function selects(
  selector: LabelSelector | undefined,
  labels: Readonly<Record<string, unknown>>,
): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const has = (key: string): boolean => Object.hasOwn(labels, key);
  return (
    Object.entries(matchLabels).every(([key, value]) => has(key) && labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const among = has(key) && values.includes(String(labels[key]));
      if (operator === 'In') return among;
      if (operator === 'NotIn') return !among;
      if (operator === 'Exists') return has(key);
      return operator === 'DoesNotExist' && !has(key);
    })
  );
}

/** Whether a selector asks for nothing. */
export function selectsAll(selector: LabelSelector | undefined): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** The labels of an object; none where it has none. */
export function labelsOf(object: unknown): Readonly<Record<string, unknown>> {
  const labels = field(field(object, 'metadata'), 'labels');
  return typeof labels === 'object' && labels !== null
    ? (labels as Readonly<Record<string, unknown>>)
    : {};
}

/** A field of what may not be an object. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
