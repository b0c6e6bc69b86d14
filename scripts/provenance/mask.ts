import { isRecord, valueAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';
import { mask, masked } from '../secrets/masked.ts';

/** A value of a field of an object as it may be shown. */
export function shownValue(manifest: Manifest, path: FieldPath, value: unknown): unknown {
  if (isSecret(manifest, path)) return value === undefined ? undefined : mask;
  if (path.length === 0) return shownData(manifest);
  const variable = valueAt(manifest.data, [...path.slice(0, -1), 'name']);
  const isLiteral = path.at(-1) === 'value' && typeof variable === 'string';
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  const shown = masked(value, isLiteral ? variable : String(name));
  return manifest.kind === 'Secret' ? withoutCopies(shown) : shown;
}

/** An object as it may be shown: of a Secret only the keys, and no credential elsewhere. */
export function shownData(manifest: Manifest): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(manifest.data).map(([key, value]) => {
      const holds = isSecret(manifest, [key]) && typeof value === 'object' && value !== null;
      const keys = () => Object.entries(value as object).map(shownEntry);
      if (holds) return [key, Object.fromEntries(keys())];
      const shown = masked(value, key);
      return [key, manifest.kind === 'Secret' ? withoutCopies(shown) : shown];
    }),
  );
}

/** A key without a value may be the secret itself: a line of an env file that has no `=`. */
function shownEntry([key, value]: [string, unknown]): [string, string] {
  return [value === '' ? mask : key, mask];
}

/** Where kubectl keeps a copy of what was applied, secrets and all. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function withoutCopies(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === lastApplied ? mask : withoutCopies(one),
    ]),
  );
}

/** Whether a field of an object holds secrets. */
function isSecret({ kind }: Pick<Manifest, 'kind'>, path: FieldPath): boolean {
  if (kind !== 'Secret') return false;
  return path[0] === 'data' || path[0] === 'stringData' || path.includes(lastApplied);
}
