import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Definitions, Schema } from './definitions.ts';

/**
 * The definitions of a `@kubernetes/client-node` package, read as text and never run.
 * Only models that its ObjectSerializer exports count: the package also carries files
 * of older Kubernetes versions.
 */
export function clientNodeModels(folder: string): Definitions {
  const models = join(folder, 'dist/gen/models');
  const index = readFileSync(join(models, 'ObjectSerializer.js'), 'utf8');
  const names = [...index.matchAll(/^export \* from '\.\.\/models\/(\w+)\.js';$/gm)];
  return Object.fromEntries(names.map(([, name = '']) => [name, modelOf(models, name)]));
}

/** The Kubernetes minor that the package was generated from, such as `1.34`. */
export function clientNodeVersion(folder: string): string {
  const file = join(folder, 'dist/gen/models/V1Pod.js');
  const version = /OpenAPI spec version: (?:v|release-)(\d+\.\d+)/.exec(
    readFileSync(file, 'utf8'),
  )?.[1];
  if (!version) throw new Error(`${file} names no version`);
  return version;
}

interface Attribute {
  readonly name: string;
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

function modelOf(models: string, name: string): Schema {
  const code = readFileSync(join(models, `${name}.js`), 'utf8');
  const list = /attributeTypeMap = (\[[\s\S]*?^\]);/m.exec(code)?.[1];
  if (!list) throw new Error(`${name} has no attribute map`);
  const attributes = JSON.parse(list) as Attribute[];
  const declared = readFileSync(join(models, `${name}.d.ts`), 'utf8');
  const required = attributes.filter((one) => declared.includes(`\n    '${one.name}': `));
  return {
    type: 'object',
    required: required.map(({ baseName }) => baseName).sort(),
    properties: Object.fromEntries(
      attributes.map(({ baseName, type, format }) => [baseName, schemaOf(type, format)]),
    ),
  };
}

function schemaOf(type: string, format: string): Schema {
  const list = /^Array<(.*)>$/.exec(type)?.[1];
  if (list) return { type: 'array', items: schemaOf(list, format) };
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (map) return { type: 'object', additionalProperties: schemaOf(map, format) };
  switch (type) {
    case 'any':
      return {};
    case 'string':
      return format === 'byte' ? { type: 'string', format } : { type: 'string' };
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return format.startsWith('int') ? { type: 'integer', format } : { type: 'number' };
    case 'Date':
    case 'V1MicroTime':
      return { type: 'string', format: 'date-time' };
    case 'IntOrString':
      return { type: ['integer', 'string'] };
  }
  if (!/^\w+$/.test(type)) throw new Error(`type ${type} is not known`);
  return { $ref: type };
}
