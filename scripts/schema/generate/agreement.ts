import type { Definitions, Schema } from './definitions.ts';
import { byShortName } from './overlay.ts';

/** How two packages that describe the same Kubernetes minor compare, field by field. */
export interface Agreement {
  /** Structs that both have. */
  readonly structs: number;
  readonly fields: number;
  /** Fields that only one of them has, as `Struct.field`. */
  readonly missing: readonly string[];
  readonly requiredDiffers: readonly string[];
  /** Fields of another type, but for quantities and enumerations that the overlay takes over. */
  readonly typeDiffers: readonly string[];
}

/** Compares client-node's models with kubernetes-models' structs, before the overlay. */
export function agreement(models: Definitions, structs: Definitions): Agreement {
  const known = byShortName(structs);
  const missing: string[] = [];
  const requiredDiffers: string[] = [];
  const typeDiffers: string[] = [];
  let compared = 0;
  let fields = 0;
  for (const [name, model] of Object.entries(models)) {
    const [, group = '', version, short = ''] =
      /^(.*?)(V\d+(?:(?:alpha|beta)\d+)?)([A-Z].*)$/.exec(name) ?? [];
    const twins = (known.get(short) ?? []).filter((one) => one.version === version);
    const own = Object.keys(model.properties ?? {});
    // Structs of different groups share names; then the model's name starts with the group.
    const twin = twins
      .map(({ name, schema }) => ({
        schema,
        common: common(own, schema),
        own: name.includes(group),
      }))
      .sort((a, b) => Number(b.own) - Number(a.own) || b.common - a.common)[0]?.schema;
    if (!twin) continue;
    compared++;
    const others = Object.keys(twin.properties ?? {});
    for (const field of new Set([...own, ...others])) {
      fields++;
      if (!own.includes(field) || !others.includes(field)) missing.push(`${name}.${field}`);
      else if (!alike(model.properties?.[field] ?? {}, twin.properties?.[field] ?? {})) {
        typeDiffers.push(`${name}.${field}`);
      }
    }
    // Kinds always need both in one package, and never in the other.
    const needed = (list: readonly string[] = []): string =>
      list
        .filter((field) => field !== 'apiVersion' && field !== 'kind')
        .sort()
        .join();
    if (needed(model.required) !== needed(twin.required)) requiredDiffers.push(name);
  }
  return { structs: compared, fields, missing, requiredDiffers, typeDiffers };
}

function common(own: readonly string[], { properties = {} }: Schema): number {
  return own.filter((field) => Object.hasOwn(properties, field)).length;
}

function alike(model: Schema, struct: Schema): boolean {
  if (struct.format === 'quantity') return model.type === 'string';
  if (model.items && struct.items) return alike(model.items, struct.items);
  const [values, others] = [model.additionalProperties, struct.additionalProperties];
  if (typeof values === 'object' && typeof others === 'object') return alike(values, others);
  if (model.$ref || struct.$ref) return !!model.$ref === !!struct.$ref;
  return String(model.type) === String(struct.type) && widthOf(model) === widthOf(struct);
}

function widthOf({ type, format }: Schema): string | undefined {
  return type === 'integer' || type === 'string' ? format : undefined;
}
