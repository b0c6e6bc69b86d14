import { _, type CodeKeywordDefinition } from 'ajv';

/**
 * The keyword `fields` lists the fields that an object may have, for ajv. It does what
 * `additionalProperties: false` does, and its errors tell which fields there are.
 */
export const fieldsKeyword: CodeKeywordDefinition = {
  keyword: 'fields',
  type: 'object',
  schemaType: 'array',
  code(context) {
    const { gen, data } = context;
    const names = context.schema as string[];
    const known = gen.scopeValue('obj', {
      ref: new Set(names),
      key: names.join(),
      code: _`new Set(${names.join()}.split(","))`,
    });
    gen.forIn('key', data, (key) => {
      gen.if(_`!${known}.has(${key})`, () => {
        context.setParams({ field: key, known });
        context.error();
      });
    });
  },
  error: {
    message: 'unknown field',
    params: ({ params }) => _`{field: ${params.field}, known: ${params.known}}`,
  },
};
