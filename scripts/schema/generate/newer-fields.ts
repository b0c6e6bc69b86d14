import type { Definitions, Schema } from './definitions.ts';

const anyObject: Schema = { type: 'object' };

/**
 * Fields that a project has added since its package was made, by the end of the struct's
 * name. What they hold is not judged. From the Go types and the documentation of External
 * Secrets 2.8: apis/externalsecrets/v1 and v1alpha1.
 */
const added: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  ExternalsecretsV1ExternalSecretSpec: { syncWindows: anyObject },
  ExternalsecretsV1ExternalSecretTarget: { manifest: anyObject },
  ExternalsecretsV1ExternalSecretRewrite: { merge: anyObject },
  ExternalsecretsV1alpha1PushSecretSpec: { dataTo: { type: 'array', items: anyObject } },
};

/** Values that enumerations have got since then, likewise; as `Struct.field`. */
const addedValues: Readonly<Record<string, readonly string[]>> = {
  'ExternalsecretsV1ExternalSecretTarget.creationPolicy': ['CreateOrMerge'],
};

/**
 * Adds what packages lack because they lag behind their projects.
 *
 * @throws Error when a struct or field is not there, or a package has caught up
 */
export function withNewerFields(definitions: Definitions): Definitions {
  for (const [struct, fields] of Object.entries(added)) {
    const properties = propertiesOf(struct, definitions);
    for (const [field, schema] of Object.entries(fields)) {
      if (properties[field]) throw new Error(`${struct}.${field} is in the package by now`);
      properties[field] = schema;
    }
  }
  for (const [name, values] of Object.entries(addedValues)) {
    const [struct = '', field = ''] = name.split('.');
    const known = propertiesOf(struct, definitions)[field]?.enum;
    if (!known) throw new Error(`${name} is no enumeration`);
    if (values.some((value) => known.includes(value))) throw new Error(`${name} has caught up`);
    known.push(...values);
  }
  return definitions;
}

function propertiesOf(struct: string, definitions: Definitions): Record<string, Schema> {
  const name = Object.keys(definitions).find((one) => one.endsWith(struct));
  const properties = name && definitions[name]?.properties;
  if (!properties) throw new Error(`there is no struct ${struct}`);
  return properties;
}
