import type { Severity } from '../model.ts';
import type { SecretReference } from './reference.ts';

/** How messages name a Secret: `Secret a/db`. */
export function nameOf({
  name,
  namespace,
}: {
  readonly name: string;
  readonly namespace?: string;
}): string {
  return `Secret ${namespace ? `${namespace}/` : ''}${name}`;
}

/** How messages begin that tell of a reference: `env X of container c reads key "k" of Secret a/db`. */
export function readsOf(reference: SecretReference): string {
  const { by, key } = reference;
  return `${by} reads ${key ? `key "${key}" of ` : ''}${nameOf(reference)}`;
}

/** A reference that may stay empty is only worth a note. */
export function severityOf({ optional }: SecretReference, usual: Severity): Severity {
  return optional ? 'note' : usual;
}

/** Some names for a sentence: `a, b and 3 more`; quoted. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
