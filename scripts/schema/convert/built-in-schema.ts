import { isRecord, listAt, recordAt, textAt } from '../../kubernetes/fields.ts';
import { limitsOf } from '../crd-schema.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of a component of Kubernetes' own OpenAPI: closed, and null is as good as
 * leaving out what may be left out, since Go decodes both alike.
 */
export function builtInSchema(schema: Fields, all: Readonly<Record<string, Fields>>): Fields {
  return part(schema, true);

  function part(node: Fields, isOptional: boolean): Fields {
    const name = referenceOf(node);
    if (name !== undefined) return referred(name, isOptional);
    const types = [...scalarTypes(node), ...(isOptional ? ['null'] : [])];
    const required = new Set(listAt(node, ['required']));
    const { enum: values, ...limits } = limitsOf(node);
    const properties = Object.entries(recordAt(node, ['properties'])).map(([key, value]) => [
      key,
      part(value as Fields, !required.has(key)),
    ]);
    const { items, additionalProperties: others } = node;
    return {
      ...limits,
      ...(scalarTypes(node).length > 0 && { type: types.length === 1 ? types[0] : types }),
      ...(isQuantity(node) && { format: 'quantity' }),
      ...(Array.isArray(values) && { enum: isOptional ? [...values, '', null] : values }),
      ...(isRecord(items) && { items: part(items, !needs(items)) }),
      ...(isRecord(others) && { additionalProperties: part(others, !needs(others)) }),
      ...(properties.length > 0 && {
        properties: Object.fromEntries(properties),
        ...(!isOpen(node) && { additionalProperties: false }),
      }),
    };
  }

  /** Scalars with a name, such as quantities, are said in place. */
  function referred(name: string, isOptional: boolean): Fields {
    const target = all[name] ?? {};
    if (target.type !== 'object') return part(target, isOptional);
    const $ref = `#/definitions/${name}`;
    return isOptional ? { $ref } : { type: 'object', allOf: [{ $ref }] };
  }

  /** Null there stands for an empty value, which would lack what it needs. */
  function needs(node: Fields): boolean {
    const name = referenceOf(node);
    return name !== undefined && listAt(all[name], ['required']).length > 0;
  }
}

function isOpen(node: Fields): boolean {
  return node['x-kubernetes-preserve-unknown-fields'] === true;
}

/** References with a default beside them are wrapped. */
function referenceOf(node: Fields): string | undefined {
  const wrapped = listAt(node, ['allOf']);
  const $ref = textAt(node, ['$ref']) ?? (wrapped.length === 1 && textAt(wrapped[0], ['$ref']));
  return $ref ? $ref.replace(/^.*\//, '') : undefined;
}

function scalarTypes(node: Fields): string[] {
  if (node.format === 'int-or-string') return ['integer', 'string'];
  const choices = listAt(node, ['oneOf']).flatMap((one) => textAt(one, ['type']) ?? []);
  if (choices.length > 0) return choices;
  return typeof node.type === 'string' ? [node.type] : [];
}

/** The only type of Kubernetes that may be a text or any number. */
function isQuantity(node: Fields): boolean {
  const types = scalarTypes(node);
  return types.includes('string') && types.includes('number');
}
