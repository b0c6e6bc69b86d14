import { _, Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { fieldsKeyword } from '../fields-keyword.ts';
import type { Definitions, Schema } from './definitions.ts';
import { ecmaPattern } from './ecma-pattern.ts';

/**
 * Code that checks objects against the definitions, made by ajv: one function for each
 * definition in `names`, exported under that name. It refers to `checks` for formats.
 */
export function compile(definitions: Definitions, names: readonly string[]): string {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true, optimize: 2, lines: true, formats: _`checks` },
  });
  ajv.addKeyword(fieldsKeyword);
  for (const format of ['int32', 'int64']) ajv.addFormat(format, { type: 'number', validate: any });
  for (const format of ['quantity', 'byte', 'dateTime']) ajv.addFormat(format, any);
  for (const [name, schema] of Object.entries(definitions)) {
    ajv.addSchema({ ...compilable(schema), $id: name });
  }
  return standalone.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
}

/** The real ones are in `../checks.ts`; while compiling only their names matter. */
function any(): boolean {
  return true;
}

function compilable(schema: Schema): Record<string, unknown> {
  const {
    allOf,
    format,
    pattern,
    properties,
    items,
    additionalProperties: values,
    ...rest
  } = schema;
  return {
    ...rest,
    ...allOf?.[0],
    // Numbers have no format but the width of integers.
    ...(format && format !== 'double'
      ? { format: format === 'date-time' ? 'dateTime' : format }
      : {}),
    ...(pattern ? { pattern: ecmaPattern(pattern) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, field]) => [name, compilable(field)]),
          ),
        }
      : {}),
    ...(properties && values === false ? { fields: Object.keys(properties) } : {}),
    ...(items ? { items: compilable(items) } : {}),
    ...(typeof values === 'object' ? { additionalProperties: compilable(values) } : {}),
  };
}
