import { type Fields, fieldsOf } from '../kubernetes/faults.ts';
import { isRecord } from '../kubernetes/fields.ts';

/** What is deeper is left as it stands; no schema that is meant goes so far. */
const deepest = 100;

/**
 * A value as the API server sees it before it judges: with the defaults of its schema, and
 * without the nulls of fields that cannot be null.
 *
 * Follows pkg/apiserver/schema/defaulting of k8s.io/apiextensions-apiserver.
 *
 * @param schema the `openAPIV3Schema` of a CustomResourceDefinition, or a part of it
 */
export function defaulted(schema: unknown, value: unknown, depth = 0): unknown {
  const node = fieldsOf(schema);
  if (depth > deepest) return value;
  if (Array.isArray(value)) {
    return value.map((one) => defaulted(node.items, orDefault(node.items, one), depth + 1));
  }
  return isRecord(value) ? object(node, value, depth) : value;
}

function object(node: Fields, value: Fields, depth: number): Fields {
  const properties = fieldsOf(node.properties);
  const result = new Map<string, unknown>();
  for (const [name, given] of Object.entries(value)) {
    const child = Object.hasOwn(properties, name) ? properties[name] : node.additionalProperties;
    const kept = orDefault(child, given);
    if (kept !== undefined) result.set(name, defaulted(child, kept, depth + 1));
  }
  for (const [name, child] of Object.entries(properties)) {
    const standard = fieldsOf(child).default;
    if (result.has(name) || standard === undefined || standard === null) continue;
    result.set(name, defaulted(child, standard, depth + 1));
  }
  return Object.fromEntries(result);
}

function orDefault(schema: unknown, value: unknown): unknown {
  const node = fieldsOf(schema);
  if (value !== null || !isRecord(schema) || node.nullable === true) return value;
  return node.default ?? undefined;
}
