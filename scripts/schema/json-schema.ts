import { isRecord } from '../kubernetes/fields.ts';
import { limitsOf } from './crd-schema.ts';

/** A JSON Schema as ajv takes it, with the keyword `fields`. */
export type AjvSchema = Record<string, unknown>;

/**
 * A JSON Schema of the drafts and dialects in which schemas of Kubernetes are found, for
 * ajv. References become absolute; alternatives of mere types become a list of types.
 *
 * @param address where the schema was read; its relative references start there
 */
export function ajvSchema(node: unknown, address: string): AjvSchema {
  if (!isRecord(node)) return {};
  const schema: AjvSchema = { ...limitsOf(node) };
  for (const [keyword, value] of Object.entries(node)) {
    if (named.has(keyword) && isRecord(value)) {
      schema[keyword] = mapped(value, address);
    } else if (listed.has(keyword) && Array.isArray(value)) {
      schema[keyword] = value.map((one) => ajvSchema(one, address));
    } else if (single.has(keyword) && isRecord(value)) {
      schema[keyword] = ajvSchema(value, address);
    } else if (keyword === 'items' && Array.isArray(value)) {
      schema.items = value.map((one) => ajvSchema(one, address));
    } else if (keyword === '$ref' && typeof value === 'string') {
      schema.$ref = new URL(value, address).href;
    } else if (keyword === 'type' || keyword === 'const') {
      schema[keyword] = value;
    } else if (keyword === 'additionalProperties' && typeof value === 'boolean') {
      schema[keyword] = value;
    } else if (keyword.startsWith('exclusive') && typeof value === 'number') {
      schema[keyword] = value;
    }
  }
  return withFields(withTypes(schema, node));
}

const named = new Set(['properties', 'patternProperties', 'definitions', '$defs']);
const listed = new Set(['allOf', 'anyOf', 'oneOf']);
const single = new Set(['items', 'additionalProperties', 'not']);

function mapped(value: Readonly<Record<string, unknown>>, address: string): AjvSchema {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, ajvSchema(one, address)]),
  );
}

function withTypes(schema: AjvSchema, node: Readonly<Record<string, unknown>>): AjvSchema {
  const types = new Set([schema.type ?? []].flat());
  for (const keyword of ['oneOf', 'anyOf']) {
    const choices = schema[keyword];
    // As a real alternative null would match twice where both of two types allow it.
    if (!Array.isArray(choices) || !choices.every(isMereType)) continue;
    for (const type of choices.flatMap((one) => one.type as string | string[])) types.add(type);
    delete schema[keyword];
  }
  if (node['x-kubernetes-int-or-string'] === true) types.add('integer').add('string');
  if (node.nullable === true && types.size > 0) types.add('null');
  if (types.size > 0) schema.type = types.size === 1 ? [...types][0] : [...types];
  return schema;
}

function isMereType(schema: AjvSchema): boolean {
  return Object.keys(schema).every((key) => key === 'type' || key === 'format') && !!schema.type;
}

/** Errors of `fields` tell which fields there are. */
function withFields(schema: AjvSchema): AjvSchema {
  if (schema.additionalProperties !== false || schema.patternProperties) return schema;
  const { additionalProperties, ...rest } = schema;
  return { ...rest, fields: Object.keys((schema.properties as AjvSchema | undefined) ?? {}) };
}
