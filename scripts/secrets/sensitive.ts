import { inspect } from 'node:util';

/**
 * A text that may be a secret. It cannot be printed, joined to a message, serialised or
 * cloned; whoever needs to look at it does so in a callback and gives back a verdict.
 */
export interface Sensitive {
  /** Looks at the text. What is returned must not hold any part of it. */
  read<T extends boolean | number | undefined | SafeVerdict>(look: (text: string) => T): T;
  toString(): string;
}

/** What may be told of a secret: kinds, places and numbers of this library's own making. */
export interface SafeVerdict {
  readonly safe: true;
}

const texts = new WeakMap<object, string>();
const redacted = '[redacted]';

const behaviour: object = {
  read(this: object, look: (text: string) => unknown) {
    return look(texts.get(this) ?? '');
  },
  toString: () => redacted,
  toJSON: () => redacted,
  [Symbol.toPrimitive]: () => redacted,
  [inspect.custom]: () => redacted,
};

/** Hides a text. */
export function sensitive(text: string): Sensitive {
  const hidden = Object.create(behaviour) as Sensitive;
  texts.set(hidden, text);
  return hidden;
}
