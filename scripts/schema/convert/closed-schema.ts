import { isRecord } from '../../kubernetes/fields.ts';
import type { CrdSchema } from '../crd-schema.ts';

/** A schema with our keyword `fields` in words that every JSON Schema validator knows. */
export function closedSchema({ fields, ...schema }: CrdSchema): CrdSchema {
  const closed: CrdSchema = {};
  for (const [keyword, value] of Object.entries(schema)) closed[keyword] = within(keyword, value);
  if (!Array.isArray(fields)) return closed;
  const known = Object.fromEntries(fields.map((name) => [name, {}]));
  return {
    ...closed,
    properties: { ...known, ...(closed.properties as CrdSchema | undefined) },
    additionalProperties: false,
  };
}

function within(keyword: string, value: unknown): unknown {
  if (keyword === 'properties' && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, closedSchema(one as CrdSchema)]),
    );
  }
  const isSchema = keyword === 'items' || keyword === 'additionalProperties' || keyword === 'not';
  if (isSchema && isRecord(value)) return closedSchema(value);
  if (/^(all|any|one)Of$/.test(keyword) && Array.isArray(value)) {
    return value.map((one) => closedSchema(one as CrdSchema));
  }
  return value;
}
