import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compiledStruct, type Struct } from './compiled-structs.ts';
import { type Declaration, declaredStructs } from './declared-structs.ts';
import type { Definitions, Schema } from './definitions.ts';

/** What a package of the kubernetes-models family knows. */
export interface Structs {
  readonly definitions: Definitions;
  readonly declared: ReadonlyMap<string, Declaration>;
}

/** Types whose code does not say what they are. */
const special: Readonly<Record<string, Schema>> = {
  IoK8sApimachineryPkgApiResourceQuantity: { type: ['string', 'number'], format: 'quantity' },
  IoK8sApimachineryPkgUtilIntstrIntOrString: { type: ['integer', 'string'] },
};

/** Fields named like annotations of JSON Schema have no code; their declaration tells their type. */
const plain: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  'Array<string>': { type: 'array', items: { type: 'string' } },
};

/**
 * Definitions of all structs of these packages, by full name. The compiled validators
 * know types, limits and patterns; the declarations know the fields that no code checks.
 */
export function structsOf(folders: readonly string[]): Structs {
  const compiled = new Map<string, Struct>();
  const declared = new Map<string, Declaration>();
  for (const folder of folders) {
    for (const file of globSync('_schemas/*.js', { cwd: folder }).sort()) {
      compiled.set(basename(file, '.js'), compiledStruct(join(folder, file)));
    }
    for (const [name, declaration] of declaredStructs(folder)) declared.set(name, declaration);
  }
  const definitions: Definitions = {};
  for (const name of compiled.keys()) {
    const schema = definitionOf(name, compiled, declared);
    if (schema.properties) definitions[name] = schema;
  }
  return { definitions, declared };
}

function definitionOf(
  name: string,
  compiled: ReadonlyMap<string, Struct>,
  declared: ReadonlyMap<string, Declaration>,
): Schema {
  if (special[name]) return special[name];
  const struct = compiled.get(name);
  if (!struct) throw new Error(`no struct ${name}`);
  const schema = own(struct);
  const embedded = struct.same.map((other) => definitionOf(other, compiled, declared));
  const types = declared.get(name)?.fields ?? {};
  const fields = Object.keys(types);
  for (const { required, properties, ...rest } of embedded) {
    Object.assign(schema, rest);
    if (!properties) continue;
    schema.required = [...new Set([...(schema.required ?? []), ...(required ?? [])])].sort();
    schema.properties = { ...properties, ...schema.properties };
  }
  // A mere name for another type declares nothing itself.
  if (fields.length === 0) return schema;
  const undeclared = Object.keys(schema.properties ?? {}).filter((one) => !fields.includes(one));
  if (undeclared.length > 0) throw new Error(`${name} does not declare ${undeclared.join(', ')}`);
  return {
    type: 'object',
    required: schema.required ?? [],
    properties: Object.fromEntries(
      fields.map((one) => [one, schema.properties?.[one] ?? plain[types[one] ?? ''] ?? {}]),
    ),
  };

  function own({ schema, fields, items, values }: Struct): Schema {
    const properties = Object.entries(fields).map(([key, part]) => [key, partOf(part)]);
    return {
      ...schema,
      ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
      ...(items ? { items: partOf(items) } : {}),
      ...(values ? { additionalProperties: partOf(values) } : {}),
    };
  }

  /** Structs are referred to, which also ends recursion; names for a scalar are replaced by it. */
  function partOf(part: Struct): Schema {
    const [other] = part.same;
    if (!other) return own(part);
    const isStruct = Object.keys(declared.get(other)?.fields ?? {}).length > 0;
    if (isStruct) return { $ref: other };
    return { ...definitionOf(other, compiled, declared), ...own(part) };
  }
}
