import { isRecord } from '../kubernetes/fields.ts';
import type { FieldPath } from '../model.ts';

/**
 * The fields at or below a value that hold no others, in the value's order.
 *
 * @param most how many are enough
 */
export function leavesOf(
  value: unknown,
  path: FieldPath,
  most: number = Number.POSITIVE_INFINITY,
): FieldPath[] {
  const entries = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(isRecord(value) ? value : {});
  if (entries.length === 0) return [path];
  const leaves: FieldPath[] = [];
  for (const [step, item] of entries) {
    if (leaves.length >= most) break;
    for (const leaf of leavesOf(item, [...path, step], most - leaves.length)) leaves.push(leaf);
  }
  return leaves;
}
