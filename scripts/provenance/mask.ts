import { valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { mask, masked } from '../secrets/masked.ts';

/** A value of a field of an object as it may be shown. */
export function shownValue(manifest: Manifest, path: FieldPath, value: unknown): unknown {
  if (isSecret(manifest, path)) return value === undefined ? undefined : mask;
  if (path.length === 0) return shownData(manifest);
  const variable = valueAt(manifest.data, [...path.slice(0, -1), 'name']);
  const isLiteral = path.at(-1) === 'value' && typeof variable === 'string';
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  return masked(value, isLiteral ? variable : String(name));
}

/** An object as it may be shown: of a Secret only the keys, and no credential elsewhere. */
export function shownData(manifest: Manifest): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(manifest.data).map(([key, value]) => {
      const holds = isSecret(manifest, [key]) && typeof value === 'object' && value !== null;
      const keys = () => Object.entries(value as object).map(shownEntry);
      return [key, holds ? Object.fromEntries(keys()) : masked(value, key)];
    }),
  );
}

/** A key without a value may be the secret itself: a line of an env file that has no `=`. */
function shownEntry([key, value]: [string, unknown]): [string, string] {
  return [value === '' ? mask : key, mask];
}

/** Whether a field of an object holds secrets. */
function isSecret({ kind }: Pick<Manifest, 'kind'>, path: FieldPath): boolean {
  return kind === 'Secret' && (path[0] === 'data' || path[0] === 'stringData');
}
