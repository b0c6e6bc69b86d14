import { type Fields, fieldsOf } from '../kubernetes/faults.ts';
import { parseQuantity } from '../kubernetes/quantity.ts';

/** How much of each resource, in billionths, as `cpu` → 500000000n. */
export type Amounts = ReadonlyMap<string, bigint>;

/** Amounts of a manifest; what is no quantity is for the schema to tell, and counts nothing. */
export function amountsOf(value: unknown): Map<string, bigint> {
  const amounts = new Map<string, bigint>();
  const fields: Fields = fieldsOf(value);
  for (const [name, text] of Object.entries(fields)) {
    const amount = parseQuantity(text);
    if (amount !== undefined) amounts.set(name, amount);
  }
  return amounts;
}

/** Both together. */
export function sum(a: Amounts, b: Amounts): Map<string, bigint> {
  const result = new Map(a);
  for (const [name, amount] of b) result.set(name, (result.get(name) ?? 0n) + amount);
  return result;
}

/** The larger one of each resource. */
export function larger(a: Amounts, b: Amounts): Map<string, bigint> {
  const result = new Map(a);
  for (const [name, amount] of b) {
    const other = result.get(name);
    if (other === undefined || amount > other) result.set(name, amount);
  }
  return result;
}
