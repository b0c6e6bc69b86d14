import { dyn, listOf, mapOf, parseType, structType, type Type } from '../cel/types.ts';
import { type Fields, fieldsOf } from '../kubernetes/faults.ts';
import { isRecord } from '../kubernetes/fields.ts';

/** Schemas by the reference that names them. */
export type Definitions = (reference: string) => unknown;

const deepest = 30;
const scalars: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'int',
  number: 'double',
  boolean: 'bool',
};

/**
 * The type of what a JSON schema describes. Whatever a schema leaves open, also within itself,
 * has the type `dyn`: expressions about it are decided when they run.
 *
 * @param known types of references that were met before
 */
export function schemaType(
  schema: unknown,
  definitions: Definitions,
  known: Map<string, Type> = new Map(),
): Type {
  return typeOf(schema, []);

  function typeOf(schema: unknown, within: readonly string[]): Type {
    if (!isRecord(schema) || within.length > deepest) return dyn;
    const reference = referenceOf(schema);
    if (reference !== undefined) {
      if (within.includes(reference)) return dyn;
      const type = known.get(reference) ?? typeOf(definitions(reference), [...within, reference]);
      known.set(reference, type);
      return type;
    }
    // The API server writes every quantity as text.
    if (schema.format === 'quantity') return parseType('string');
    const isOpen = ['preserve-unknown-fields', 'embedded-resource'];
    if (isOpen.some((mark) => schema[`x-kubernetes-${mark}`] === true)) return dyn;
    const types = [schema.type].flat().filter((one) => one !== 'null' && one !== undefined);
    const [only] = types;
    if (types.length !== 1 || schema['x-kubernetes-int-or-string'] === true) return dyn;
    if (only === 'array') return listOf(typeOf(schema.items, within));
    if (only === 'object') return objectType(schema, within);
    // Texts with a format are other types for some versions of the API server.
    if (only === 'string' && schema.format !== undefined) return dyn;
    const scalar = scalars[String(only)];
    return scalar === undefined ? dyn : parseType(scalar);
  }

  function objectType(schema: Fields, within: readonly string[]): Type {
    if (isRecord(schema.additionalProperties)) {
      const element = typeOf(schema.additionalProperties, within);
      return mapOf(parseType('string'), element);
    }
    const properties = Object.entries(fieldsOf(schema.properties));
    if (properties.length === 0) return dyn;
    const fields = properties.map(([key, one]) => [key, typeOf(one, within)] as const);
    // All have one name, for lists of containers of every sort may be joined and compared.
    return structType('object', new Map(fields));
  }
}

/** `$ref`, also where it is the only one of `allOf`. */
function referenceOf(schema: Fields): string | undefined {
  if (typeof schema.$ref === 'string') return schema.$ref;
  const { allOf } = schema;
  const [first] = Array.isArray(allOf) ? allOf : [];
  return isRecord(first) && typeof first.$ref === 'string' ? first.$ref : undefined;
}
