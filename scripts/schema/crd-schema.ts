/** A JSON Schema as a CustomResourceDefinition has it, in whatever state it is. */
type Structural = Readonly<Record<string, unknown>>;

/** A JSON Schema for ajv, with the keyword `fields`. */
export type CrdSchema = Record<string, unknown>;

/**
 * The JSON Schema by which the API server decides, from the `openAPIV3Schema` of a
 * CustomResourceDefinition: fields that it would drop are refused, null is as good as
 * leaving out an optional field. CEL rules and defaults are not part of it.
 *
 * Follows pkg/apiserver/schema of kubernetes/apiextensions-apiserver.
 */
export function crdSchema(openApi: Structural): CrdSchema {
  const schema = structural(openApi, false);
  // The API server checks these by itself, the same for every kind.
  const implied = { apiVersion: {}, kind: {}, metadata: {} };
  const properties = { ...record(schema.properties), ...implied };
  const fields = schema.fields ? { fields: Object.keys(properties) } : {};
  return { ...schema, type: 'object', properties, ...fields };
}

/** @param isOptional whether null counts as left out there */
function structural(node: Structural, isOptional: boolean): CrdSchema {
  const schema: CrdSchema = { ...validations(node), ...nested(node) };
  const types = typesOf(node);
  if (types.length > 0) {
    schema.type = isOptional || node.nullable === true ? [...types, 'null'] : types;
    if (node.enum && (isOptional || node.nullable === true)) {
      schema.enum = [...(node.enum as unknown[]), null];
    }
  }
  if (types.includes('object') && !schema.additionalProperties && !isOpen(node)) {
    const implied = node['x-kubernetes-embedded-resource'] ? embedded : [];
    schema.fields = [...Object.keys(record(node.properties)), ...implied];
  }
  if (node['x-kubernetes-embedded-resource']) {
    schema.required = [...new Set([...list(schema.required), 'apiVersion', 'kind'])];
  }
  return schema;
}

const embedded = ['apiVersion', 'kind', 'metadata'];

function typesOf(node: Structural): string[] {
  if (node['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  return typeof node.type === 'string' ? [node.type] : [];
}

function isOpen(node: Structural): boolean {
  return node['x-kubernetes-preserve-unknown-fields'] === true;
}

function nested(node: Structural): CrdSchema {
  const required = new Set(list(node.required));
  const properties = Object.entries(record(node.properties)).map(([name, value]) => [
    name,
    structural(record(value), !required.has(name)),
  ]);
  const values = node.additionalProperties;
  return {
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
    ...(node.items ? { items: structural(record(node.items), false) } : {}),
    ...(values === true ? { additionalProperties: true } : {}),
    ...(values && values !== true
      ? { additionalProperties: structural(record(values), true) }
      : {}),
  };
}

const plainKeywords = [
  'required', 'enum', 'format', 'pattern', 'multipleOf', 'uniqueItems', 'minimum', 'maximum',
  'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties',
]; // biome-ignore format: one keyword a line says no more

/** The bounds of a value, in the words of today's JSON Schema. */
export function limitsOf(node: Structural): CrdSchema {
  const schema: CrdSchema = {};
  for (const keyword of plainKeywords) {
    if (node[keyword] !== undefined) schema[keyword] = node[keyword];
  }
  for (const [flag, limit, exclusive] of [
    ['exclusiveMinimum', 'minimum', 'exclusiveMinimum'],
    ['exclusiveMaximum', 'maximum', 'exclusiveMaximum'],
  ] as const) {
    if (node[flag] !== true) continue;
    schema[exclusive] = schema[limit];
    delete schema[limit];
  }
  return schema;
}

/** Keywords that judge a value and do not say which fields there are. */
function validations(node: Structural): CrdSchema {
  const schema = limitsOf(node);
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    // With int-or-string these only repeat the two types.
    if (!Array.isArray(node[keyword]) || node['x-kubernetes-int-or-string'] === true) continue;
    schema[keyword] = node[keyword].map((one) => judging(record(one)));
  }
  if (node.not) schema.not = judging(record(node.not));
  return schema;
}

/** A schema inside `anyOf` and the like: it restricts values and closes nothing. */
function judging(node: Structural): CrdSchema {
  const properties = Object.entries(record(node.properties)).map(([name, value]) => [
    name,
    judging(record(value)),
  ]);
  const values = record(node.additionalProperties);
  return {
    ...validations(node),
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
    ...(node.items ? { items: judging(record(node.items)) } : {}),
    ...(Object.keys(values).length > 0 ? { additionalProperties: judging(values) } : {}),
    ...(typeof node.type === 'string' ? { type: node.type } : {}),
  };
}

function record(value: unknown): Structural {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Structural) : {};
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
