import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc, { type Arbitrary } from 'fast-check';
import { schemasFolder } from '../../scripts/schema/catalogue.ts';

/** A schema of the catalogue, as its files have it. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
}

/** The schema of a kind, without references at its top, and what its references mean. */
export interface KindSchema {
  readonly top: Schema;
  resolve(schema: Schema): Schema;
}

/** Reads the schema of a kind from its file in the catalogue. */
export function kindSchema(file: string): KindSchema {
  const read = (path: string) => JSON.parse(readFileSync(join(schemasFolder, path), 'utf8'));
  const { definitions } = read(join(dirname(file), '_definitions.json')) as {
    definitions: Record<string, Schema>;
  };
  const resolve = (schema: Schema): Schema => {
    const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
    return reference ? (definitions[reference.replace(/^.*\//, '')] as Schema) : schema;
  };
  return { top: resolve(read(file) as Schema), resolve };
}

/** Objects of a kind, mostly such as its schema accepts. */
export function arbitraryObject(
  { top, resolve }: KindSchema,
  identity: { readonly apiVersion: string; readonly kind: string },
): Arbitrary<Record<string, unknown>> {
  return objectOf(top, 0).map((object) => ({ ...object, ...identity }));

  function objectOf(schema: Schema, depth: number): Arbitrary<Record<string, unknown>> {
    const required = new Set(schema.required);
    const fields = Object.entries(schema.properties ?? {}).filter(
      // Deep enough, only what must be there is.
      ([name]) => required.has(name) || depth < 7,
    );
    const own = Object.fromEntries(
      fields.map(([name, field]) => [name, fieldOf(field, depth + 1)]),
    );
    const model = fc.record(own, { requiredKeys: [...required].filter((name) => name in own) });
    if (depth < 3) return model;
    // Few fields at a time: an object of all of them would be huge.
    return model.map((object) =>
      Object.fromEntries(
        Object.entries(object).filter(([name], index) => required.has(name) || index % 5 === 0),
      ),
    );
  }

  function fieldOf(written: Schema, depth: number): Arbitrary<unknown> {
    const schema = resolve(written);
    if (schema.enum) return fc.constantFrom(...schema.enum.filter((one) => one !== null));
    const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
    return fc.oneof(
      ...(types.length > 0 ? types : ['any']).map((type) => ofType(type, schema, depth)),
    );
  }

  function ofType(type: string, schema: Schema, depth: number): Arbitrary<unknown> {
    const { minimum = 0, maximum = 2 ** 31 - 1, minItems = 0, items, format } = schema;
    switch (type) {
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return fc.integer({ min: minimum, max: maximum });
      case 'number':
        return format === 'quantity'
          ? fc.integer({ min: 0, max: 9 })
          : fc.double({ min: 0, max: 9 });
      case 'string':
        return textOf(schema);
      case 'array':
        return fc.array(fieldOf(items ?? {}, depth + 1), {
          minLength: minItems,
          maxLength: minItems + 1,
        });
      case 'object':
        if (schema.properties) return objectOf(schema, depth);
        return typeof schema.additionalProperties === 'object'
          ? fc.dictionary(key, fieldOf(schema.additionalProperties, depth + 1), { maxKeys: 2 })
          : fc.dictionary(key, fc.string(), { maxKeys: 2 });
      default:
        return fc.constantFrom<unknown>(1, 'yes', true, {});
    }
  }
}

const key = fc.stringMatching(/^[a-z]{1,6}$/);

/** Texts that YAML could take for something else are among them. */
const odd = [
  'yes',
  'n',
  '0644',
  '1_000',
  '12:30',
  '2024-01-01',
  '~',
  '',
  ' a',
  'a: b',
  '- a',
  '1e3',
];

function textOf({ format, pattern, minLength = 0, maxLength = 40 }: Schema): Arbitrary<string> {
  if (format === 'quantity') return fc.constantFrom('1', '500m', '1.5Gi', '1e3', '08');
  if (format === 'byte') return fc.constantFrom('', 'dmFsdWU=', 'AAAA');
  if (format === 'date-time') return fc.constantFrom('2025-01-31T12:00:00Z');
  if (pattern) return fc.stringMatching(new RegExp(pattern, 'u'));
  const any = fc.oneof(fc.constantFrom(...odd), fc.string({ minLength, maxLength }));
  return any.filter((text) => text.length >= minLength && text.length <= maxLength);
}
