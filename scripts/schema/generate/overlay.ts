import type { Definitions, Schema } from './definitions.ts';
import { serverEnums } from './server-enums.ts';

/**
 * Adds to the definitions of client-node what only kubernetes-models knows: which strings
 * are quantities, which values are any object, and the values that an enumeration has.
 */
export function overlay(models: Definitions, structs: Definitions): Definitions {
  const known = byShortName(structs);
  return Object.fromEntries(
    Object.entries(models).map(([name, schema]) => [name, overlaid(name, schema, known)]),
  );
}

interface Candidate {
  readonly name: string;
  readonly version: string;
  readonly schema: Schema;
}

/** Struct names without group and version: `V1ServicePort` and `IoK8sApiCoreV1ServicePort` agree. */
const shortName = /^.*?(V\d+(?:(?:alpha|beta)\d+)?)([A-Z].*)$/;

/** Definitions of Kubernetes itself by their struct's short name. */
export function byShortName(structs: Definitions): Map<string, Candidate[]> {
  const known = new Map<string, Candidate[]>();
  for (const [name, schema] of Object.entries(structs)) {
    const [, version = '', short = ''] = shortName.exec(name) ?? [];
    if (!name.startsWith('IoK8sApi') && !name.startsWith('IoK8sKubeAggregator')) continue;
    known.set(short, [...(known.get(short) ?? []), { name, version, schema }]);
  }
  return known;
}

/** What kubernetes-models says of a field of that model: its own version first, then any. */
function fieldsLike(
  known: ReadonlyMap<string, readonly Candidate[]>,
  model: string,
  field: string,
): Schema[] {
  const [, version = '', short = ''] = shortName.exec(model) ?? [];
  const having = (known.get(short) ?? []).filter(({ schema }) => schema.properties?.[field]);
  const same = having.filter((one) => one.version === version);
  return (same.length > 0 ? same : having).map(({ schema }) => schema.properties?.[field] ?? {});
}

function overlaid(
  name: string,
  model: Schema,
  known: ReadonlyMap<string, readonly Candidate[]>,
): Schema {
  const short = shortName.exec(name)?.[2] ?? '';
  // There JSON Schema describes itself, and the structs that allow a boolean too show as objects.
  if (short === 'JSONSchemaProps') return model;
  const entries = Object.entries(model.properties ?? {}).map(([field, schema]) => {
    // A version that kubernetes-models lacks would get the apiVersion of another one.
    if (field === 'apiVersion' || field === 'kind') return [field, schema];
    const like = fieldsLike(known, name, field);
    const better = like[0] && like.every((one) => same(one, like[0] as Schema)) ? like[0] : {};
    const merged = merge(schema, better);
    const values = serverEnums[`${short}.${field}`];
    if (values) (merged.items ?? merged).enum = [...values];
    // What the API server writes itself it does not check when somebody else sends it.
    if (short.endsWith('Status')) delete merged.enum;
    return [field, merged];
  });
  return { ...model, properties: Object.fromEntries(entries) };
}

function merge(own: Schema, other: Schema): Schema {
  if (other.format === 'quantity') return { ...other };
  if (Object.keys(own).length === 0 && other.type === 'object') return { type: 'object' };
  const merged: Schema = { ...own };
  if (own.type === 'string' && other.enum) merged.enum = [...other.enum].sort();
  if (own.items) merged.items = merge(own.items, other.items ?? {});
  if (typeof own.additionalProperties === 'object') {
    const values = other.additionalProperties;
    const others = typeof values === 'object' ? values : {};
    merged.additionalProperties = merge(own.additionalProperties, others);
  }
  return merged;
}

function same(a: Schema, b: Schema): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
