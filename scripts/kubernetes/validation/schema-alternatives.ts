import type { FieldPath } from '../../model.ts';
import { type Fault, type Fields, fieldsOf, isBlank, items } from '../faults.ts';
import { isRecord } from '../fields.ts';

/** What alternatives must leave to the schema around them. */
const outsideOnly = ['default', 'nullable', 'title', 'description'];

/**
 * A schema below `allOf`, `anyOf`, `oneOf` or `not`: validateNestedValueValidation.
 *
 * @param around the schema that has the alternatives
 */
export function* choiceFaults(node: Fields, path: FieldPath, around: Fields): Generator<Fault> {
  const isEither = isIntOrString(around);
  for (const keyword of [...outsideOnly, ...(isEither ? [] : ['type'])]) {
    if (isBlank(node[keyword]) || node[keyword] === false) continue;
    const fix = 'Move it to the schema around it.';
    yield { path: [...path, keyword], message: `${keyword} stands in an alternative`, fix };
  }
  for (const [name, child] of Object.entries(fieldsOf(node.properties))) {
    if (isRecord(child)) yield* choiceFaults(child, [...path, 'properties', name], {});
  }
  if (isRecord(node.items)) yield* choiceFaults(node.items, [...path, 'items'], {});
  for (const field of ['allOf', 'anyOf', 'oneOf']) {
    for (const [child, at] of items(node[field], [...path, field]))
      yield* choiceFaults(child, at, isIntOrString(node) ? node : around);
  }
}

/** The one place where alternatives may have types: anyOf integer and string. */
function isIntOrString(node: Fields): boolean {
  if (node['x-kubernetes-int-or-string'] === true) return true;
  const choices = Array.isArray(node.anyOf) ? node.anyOf.map((one) => fieldsOf(one).type) : [];
  return choices.length === 2 && choices[0] === 'integer' && choices[1] === 'string';
}
