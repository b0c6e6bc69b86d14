/** A count, or a share of one such as `25%`. */
export interface IntOrPercent {
  readonly value: number;
  readonly isPercent: boolean;
}

/** Reads either; undefined when it is neither, or negative. */
export function parseIntOrPercent(value: unknown): IntOrPercent | undefined {
  if (typeof value === 'number') return value < 0 ? undefined : { value, isPercent: false };
  const percent = typeof value === 'string' ? /^([0-9]{1,9})%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : { value: Number(percent), isPercent: true };
}
