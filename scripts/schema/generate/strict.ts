import type { Definitions, Schema } from './definitions.ts';

/**
 * The definitions as an API server decides with strict field validation: unknown fields
 * are refused, and null is as good as leaving out whatever may be left out.
 *
 * @param lists whether items may be null: Go decodes that for built-in kinds, while the
 * schemas of custom ones refuse it
 */
export function strict(definitions: Definitions, lists: 'decoded' | 'validated'): Definitions {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, nullable(closed(schema))]),
  );

  function closed(schema: Schema): Schema {
    const { properties, required = [], items, additionalProperties: values, ...rest } = schema;
    const result: Schema = { ...rest };
    if (required.length > 0) result.required = [...required].sort();
    if (properties) {
      result.properties = Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [
          name,
          partOf(field, required.includes(name)),
        ]),
      );
      result.additionalProperties = false;
    }
    if (items) result.items = partOf(items, lists === 'validated' || isNeeded(items));
    if (typeof values === 'object') {
      result.additionalProperties = partOf(values, isNeeded(values));
    }
    return result;
  }

  function partOf(schema: Schema, isRequired: boolean): Schema {
    if (schema.$ref) return isRequired ? { type: 'object', allOf: [schema] } : schema;
    const part = closed(schema);
    return isRequired ? part : nullable(part);
  }

  /** Null there stands for an empty value, which would lack what a struct needs. */
  function isNeeded({ $ref, enum: values }: Schema): boolean {
    return values !== undefined || ($ref !== undefined && !!definitions[$ref]?.required?.length);
  }
}

/** An optional enumeration may be empty too: the API server then puts its default in. */
function nullable(schema: Schema): Schema {
  if (!schema.type) return schema;
  const values = schema.enum && [...new Set([...schema.enum, '', null])];
  return {
    ...schema,
    type: [schema.type, 'null'].flat(),
    ...(values ? { enum: values } : {}),
  };
}
