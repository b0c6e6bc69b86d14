import { isRecord, textAt } from '../kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../model.ts';

/** A place in a manifest that needs a Secret, and maybe one key of it. */
export interface SecretReference {
  readonly manifest: Manifest;
  /** Who needs it, as messages begin: `env DB_PASSWORD of container api`. */
  readonly by: string;
  readonly name: string;
  /** Absent when nobody can say: the object's own namespace is set at the time it is applied. */
  readonly namespace?: string;
  readonly key?: string;
  /** Where the name is written. */
  readonly path: FieldPath;
  /** Where the key is written. */
  readonly keyPath?: FieldPath;
  /** Whether things go on without it. */
  readonly optional: boolean;
  /** What the Secret must be good for. */
  readonly use: 'value' | 'pull' | 'tls';
}

/** What a reference is made with besides the object that holds it. */
export interface ReferenceOptions {
  readonly by: string;
  readonly nameField?: string;
  /** The field that holds the key. */
  readonly keyField?: string;
  /** A key that the consumer takes without saying so. */
  readonly key?: string;
  /** The namespace where it is not the manifest's own; `null` when it cannot be known. */
  readonly namespace?: string | null | undefined;
  readonly optional?: boolean;
  readonly use?: SecretReference['use'];
}

/** A value that is a name, and no variable that something fills in later. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(value);
}

/** The reference that an object such as `{ name, key, optional }` makes; none without a name. */
export function referenceAt(
  manifest: Manifest,
  value: unknown,
  path: FieldPath,
  options: ReferenceOptions,
): SecretReference[] {
  const { by, nameField = 'name', keyField, namespace, optional, use = 'value' } = options;
  const name = isRecord(value) ? value[nameField] : value;
  if (!isName(name)) return [];
  const key = keyField ? textAt(value, [keyField]) : options.key;
  const at = namespace === null ? undefined : (namespace ?? manifest.namespace);
  return [
    {
      manifest,
      by,
      name,
      ...(at && { namespace: at }),
      ...(key && { key }),
      path: isRecord(value) ? [...path, nameField] : path,
      ...(key && keyField && { keyPath: [...path, keyField] }),
      optional: optional ?? (isRecord(value) && value.optional === true),
      use,
    },
  ];
}
