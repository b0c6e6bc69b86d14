import type { Manifest } from '../model.ts';

/** An object that makes a Secret, or adds to one. */
export interface SecretProducer {
  readonly manifest: Manifest;
  readonly name: string;
  /** Absent when nobody can say, or when it makes one in many namespaces. */
  readonly namespace?: string;
  /** It makes one in each namespace whose labels one of these selects. */
  readonly selectors?: readonly unknown[];
  readonly keys: ReadonlySet<string>;
  /** Whether there may be keys besides those. */
  readonly open: boolean;
  /** The Secret's type; absent when nobody can say. */
  readonly type?: string;
  /** False for what only adds keys to a Secret that somebody else makes. */
  readonly creates: boolean;
  /** Keys that are fetched, and then left out by a template. */
  readonly dropped: ReadonlySet<string>;
}

type Details = Partial<Omit<SecretProducer, 'manifest' | 'name' | 'namespace' | 'keys'>> & {
  readonly keys?: Iterable<string>;
  /** `null` when it cannot be known. */
  readonly namespace?: string | null | undefined;
};

/** A producer of a Secret in the manifest's own namespace, unless it says otherwise. */
export function producerOf(
  manifest: Manifest,
  name: unknown,
  { keys, namespace, ...details }: Details = {},
): SecretProducer[] {
  if (typeof name !== 'string' || name === '') return [];
  const at = namespace === null ? undefined : (namespace ?? manifest.namespace);
  return [
    {
      manifest,
      name,
      ...(at && { namespace: at }),
      keys: new Set(keys),
      open: keys === undefined,
      creates: true,
      dropped: new Set(),
      ...details,
    },
  ];
}
