import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, items, quoted } from '../faults.ts';
import { isRecord } from '../fields.ts';
import { choiceFaults } from './schema-alternatives.ts';

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** Keywords of JSON Schema that a CustomResourceDefinition must not have. */
const refused = [
  '$ref',
  'definitions',
  'dependencies',
  'patternProperties',
  'additionalItems',
  'id',
];

/**
 * The structural schema of a version: ValidateStructural of apiextensions-apiserver's
 * pkg/apiserver/schema and validateCustomResourceDefinitionOpenAPISchema.
 */
export function* structuralFaults(schema: Fields, path: FieldPath): Generator<Fault> {
  if (schema.type !== 'object' && !(isBlank(schema.type) && isOpen(schema))) {
    const message = `the schema has the type ${quoted(schema.type ?? 'none')} and not "object"`;
    yield { path: isBlank(schema.type) ? path : [...path, 'type'], message };
  }
  const own = fieldsOf(fieldsOf(fieldsOf(schema.properties).metadata).properties);
  for (const field of Object.keys(own)) {
    if (field === 'name' || field === 'generateName') continue;
    const at = [...path, 'properties', 'metadata', 'properties', field];
    const fix = 'Restrict only name and generateName.';
    yield { path: at, message: `the schema restricts metadata.${field}`, fix };
  }
  yield* nodeFaults(schema, path, true);
}

function* nodeFaults(node: Fields, path: FieldPath, isRoot = false): Generator<Fault> {
  yield* typeFaults(node, path, isRoot);
  yield* keywordFaults(node, path);
  yield* listFaults(node, path);
  yield* defaultFaults(node, path);
  for (const [rule, at] of items(node['x-kubernetes-validations'], [
    ...path,
    'x-kubernetes-validations',
  ])) {
    const isEmpty = typeof rule.rule === 'string' && rule.rule.trim() === '';
    if (isEmpty)
      yield { path: [...at, 'rule'], message: 'rule of x-kubernetes-validations is empty' };
  }
  for (const [name, child] of Object.entries(fieldsOf(node.properties))) {
    if (isRecord(child)) yield* nodeFaults(child, [...path, 'properties', name]);
  }
  for (const field of ['items', 'additionalProperties']) {
    const child = node[field];
    if (isRecord(child)) yield* nodeFaults(child, [...path, field]);
  }
  for (const field of ['allOf', 'anyOf', 'oneOf']) {
    for (const [child, at] of items(node[field], [...path, field]))
      yield* choiceFaults(child, at, node);
  }
  if (isRecord(node.not)) yield* choiceFaults(node.not, [...path, 'not'], node);
}

function isOpen(node: Fields): boolean {
  return node['x-kubernetes-preserve-unknown-fields'] === true;
}

function* typeFaults(node: Fields, path: FieldPath, isRoot: boolean): Generator<Fault> {
  const { type, properties, additionalProperties } = node;
  const isEither = node['x-kubernetes-int-or-string'] === true;
  const name = quoted(String(path.at(-1)));
  if (isBlank(type) && !isEither && !isOpen(node) && !isRoot) {
    yield {
      path,
      message: `the schema of ${name} has no type`,
      fix: `Set \`type\` to one of ${types.join(', ')}.`,
    };
  }
  if (typeof type === 'string' && !types.includes(type)) {
    yield {
      path: [...path, 'type'],
      message: `type ${quoted(type)} is none of ${types.join(', ')}`,
    };
  }
  if (isEither && !isBlank(type)) {
    const message = `type ${quoted(type)} stands with x-kubernetes-int-or-string`;
    yield { path: [...path, 'type'], message };
  }
  if (type === 'array' && !isRecord(node.items)) {
    yield { path, message: `the array ${name} has no items` };
  }
  if (
    properties &&
    isRecord(additionalProperties) &&
    Object.keys(fieldsOf(properties)).length > 0
  ) {
    const message = `the schema of ${name} has both properties and additionalProperties`;
    yield { path: [...path, 'additionalProperties'], message };
  }
}

function* keywordFaults(node: Fields, path: FieldPath): Generator<Fault> {
  for (const keyword of refused) {
    if (isBlank(node[keyword])) continue;
    yield { path: [...path, keyword], message: `${keyword} is no keyword that a CRD can have` };
  }
  if (node.uniqueItems === true) {
    const fix = 'Use `x-kubernetes-list-type: set`.';
    yield { path: [...path, 'uniqueItems'], message: 'uniqueItems true is refused', fix };
  }
  const hasProperties = Object.keys(fieldsOf(node.properties)).length > 0;
  if (node.additionalProperties === false && hasProperties) {
    const fix = 'Remove it: what is not in `properties` is dropped anyway.';
    yield {
      path: [...path, 'additionalProperties'],
      message: 'additionalProperties false stands with properties',
      fix,
    };
  }
}

/** ValidateListSetsAndMaps' preconditions: a list of the type map says what tells its items apart. */
function* listFaults(node: Fields, path: FieldPath): Generator<Fault> {
  const listType = node['x-kubernetes-list-type'];
  const keys = node['x-kubernetes-list-map-keys'];
  const at = [...path, 'x-kubernetes-list-map-keys'];
  const count = Array.isArray(keys) ? keys.length : 0;
  if (listType === undefined && count === 0) return;
  if (listType !== undefined && node.type !== 'array') {
    const message = `x-kubernetes-list-type stands with the type ${quoted(node.type ?? 'none')}`;
    yield { path: [...path, 'x-kubernetes-list-type'], message };
  }
  if (listType === 'map' && count === 0) {
    yield { path, message: 'a list of the type map has no x-kubernetes-list-map-keys' };
  }
  if (listType !== 'map' && count > 0) {
    yield { path: at, message: 'x-kubernetes-list-map-keys stands without the list type map' };
  }
  const item = fieldsOf(node.items);
  for (const [index, key] of (Array.isArray(keys) ? keys : []).entries()) {
    const property = fieldsOf(item.properties)[key];
    if (listType !== 'map') continue;
    if (!isRecord(property)) {
      yield { path: [...at, index], message: `key ${quoted(key)} is no property of the items` };
      continue;
    }
    const isSure = Array.isArray(item.required) && item.required.includes(key);
    if (isSure || property.default !== undefined) continue;
    const message = `key ${quoted(key)} is neither required in the items nor has it a default`;
    yield { path: [...at, index], message };
  }
}

/** A default has the type of its field; null belongs only to nullable ones. */
function* defaultFaults(node: Fields, path: FieldPath): Generator<Fault> {
  const { default: value, type, enum: choices } = node;
  if (value === undefined || typeof type !== 'string' || !types.includes(type)) return;
  const at = [...path, 'default'];
  if (value === null ? node.nullable === true : isOf(type, value)) {
    if (!Array.isArray(choices) || typeof value === 'object' || choices.includes(value)) return;
    yield { path: at, message: `default ${quoted(value)} is none of the enum` };
  } else {
    yield {
      path: at,
      message: `default is no ${type}`,
      fix: 'Give the default the type of its field.',
    };
  }
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isRecord(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
