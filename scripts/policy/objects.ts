/** An object that can be changed. */
export type Fields = Record<string, unknown>;

/** Whether a value is an object that can be changed. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; what is none is left out. */
export function objects(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}
