/** A scalar that an enumeration may hold. */
export type EnumValue = string | number | boolean | null;

/**
 * A JSON Schema, in the subset that the generator reads and writes. Before
 * `strict` it says nothing of null and of unknown fields, and `$ref` is the bare
 * name of a definition.
 */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string | string[];
  format?: string;
  enum?: EnumValue[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: boolean | Schema;
}

/** Definitions by name. */
export type Definitions = Record<string, Schema>;

/** A kind that manifests may have, and the definition that it follows. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly definition: string;
  /** Absent for lists, which the API server takes apart. */
  readonly plural?: string;
  readonly namespaced?: boolean;
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf({ group, version }: Pick<Kind, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The record with its keys in code unit order, so that what is written depends on nothing else. */
export function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
}
