import { fromJson } from '../cel/json.ts';
import { parseDuration, parseTimestamp } from '../cel/time.ts';
import { dyn, listOf, mapOf, parseType, structType, type Type } from '../cel/types.ts';
import type { Key, Value } from '../cel/values.ts';
import { type Fields, fieldsOf } from '../kubernetes/faults.ts';
import { isRecord } from '../kubernetes/fields.ts';
import { celName } from './cel-name.ts';

const string = { type: 'string' };
const deepest = 100;

/**
 * The schema of a whole object as its rules see it: of the metadata only the name.
 *
 * @param schema of the object, or of one that is embedded in another
 */
export function withTypeAndMeta(schema: Fields): Fields {
  const metadata = { type: 'object', properties: { name: string, generateName: string } };
  const implied = { apiVersion: string, kind: string, metadata };
  return { ...schema, type: 'object', properties: { ...fieldsOf(schema.properties), ...implied } };
}

/**
 * The type that rules know a value by; undefined for values that no rule can see.
 *
 * Follows SchemaDeclType of k8s.io/apiserver pkg/cel/common.
 */
export function celType(schema: unknown, name = 'object', depth = 0): Type | undefined {
  if (!isRecord(schema) || depth > deepest) return undefined;
  const node = seen(schema);
  if (node['x-kubernetes-int-or-string'] === true) return dyn;
  if (node.type === 'array') {
    const element = celType(node.items, `${name}.@idx`, depth + 1);
    return element && listOf(element);
  }
  if (node.type === 'object') return objectType(node, name, depth);
  if (node.type === 'string') return parseType(textType(node.format));
  const known = typeof node.type === 'string' ? simpleTypes.get(node.type) : undefined;
  return known === undefined ? undefined : parseType(known);
}

const simpleTypes: ReadonlyMap<string, string> = new Map([
  ['boolean', 'bool'],
  ['number', 'double'],
  ['integer', 'int'],
]);

function objectType(node: Fields, name: string, depth: number): Type | undefined {
  if (isRecord(node.additionalProperties)) {
    const element = celType(node.additionalProperties, `${name}.@elem`, depth + 1);
    return element && mapOf(parseType('string'), element);
  }
  const fields = new Map<string, Type>();
  for (const [property, child] of Object.entries(fieldsOf(node.properties))) {
    const field = celName(property);
    const type = field && celType(child, `${name}.${field}`, depth + 1);
    if (field && type) fields.set(field, type);
  }
  return structType(name, fields);
}

function textType(format: unknown): string {
  if (format === 'byte') return 'bytes';
  if (format === 'duration') return 'duration';
  const isTime = format === 'date' || format === 'date-time';
  return isTime ? 'timestamp' : 'string';
}

/**
 * A value as rules see it.
 *
 * @throws EvaluationError for a text that is not of the format that its schema names
 */
export function celValue(schema: unknown, value: unknown, depth = 0): Value {
  const node = seen(fieldsOf(schema));
  if (depth > deepest || node['x-kubernetes-int-or-string'] === true) return fromJson(value);
  if (Array.isArray(value)) return value.map((one) => celValue(node.items, one, depth + 1));
  if (isRecord(value)) return objectValue(node, value, depth);
  if (typeof value === 'number' && node.type === 'number') return value;
  if (typeof value !== 'string') return fromJson(value);
  const type = textType(node.type === 'string' ? node.format : undefined);
  if (type === 'bytes') return new Uint8Array(Buffer.from(value, 'base64'));
  if (type === 'duration') return parseDuration(value);
  if (type === 'timestamp') {
    return parseTimestamp(node.format === 'date' ? `${value}T00:00:00Z` : value);
  }
  return value;
}

function objectValue(node: Fields, value: Fields, depth: number): Value {
  const map = new Map<Key, Value>();
  const properties = fieldsOf(node.properties);
  const isMap = isRecord(node.additionalProperties);
  for (const [key, one] of Object.entries(value)) {
    if (isMap) {
      map.set(key, celValue(node.additionalProperties, one, depth + 1));
      continue;
    }
    const field = celName(key);
    if (field === undefined || !Object.hasOwn(properties, key)) continue;
    map.set(field, celValue(properties[key], one, depth + 1));
  }
  return map;
}

function seen(node: Fields): Fields {
  return node['x-kubernetes-embedded-resource'] === true ? withTypeAndMeta(node) : node;
}
