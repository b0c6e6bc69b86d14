import { createHash } from 'node:crypto';
import type { FieldPath } from '../model.ts';
import type { SourceDocument } from './source-document.ts';

/** A mark that stands in for one written value in the canary build. */
export interface Token {
  readonly id: number;
  readonly document: SourceDocument;
  /** The field in its document. */
  readonly path: FieldPath;
  /** What the mark replaced: a value, or the part of a text. */
  readonly value: unknown;
  /** Where the value stands, when not at the field itself. */
  readonly offset?: number;
  /** It is a tag that was added to an image without one. */
  readonly isAdded?: boolean;
}

/** The marks of a canary build. */
export interface Tokens {
  /** Adds a mark and tells what to write for it. */
  text(token: Omit<Token, 'id'>): string;
  /** Adds a mark that is a number. */
  number(token: Omit<Token, 'id'>): string;
  /** The marks in a value of the canary build, in their order. */
  findIn(value: unknown): readonly Token[];
  /** A value of the canary build with what was written in place of the marks. */
  restore(value: unknown): unknown;
  all(): readonly Token[];
}

/** Marks that no text of the build contains by itself. */
export function openTokens(texts: Iterable<string>): Tokens {
  const known: Token[] = [];
  const prefix = freePrefix([...texts]);
  const pattern = new RegExp(`(:?)${prefix}(\\d{6,})qz`, 'g');
  const firstNumber = 770_000_000;
  const add = (token: Omit<Token, 'id'>): number => known.push({ ...token, id: known.length }) - 1;
  const numbered = (value: number) =>
    Number.isInteger(value) && value >= firstNumber ? known[value - firstNumber] : undefined;
  return {
    text: (token) => `${prefix}${String(add(token)).padStart(6, '0')}qz`,
    number: (token) => String(firstNumber + add(token)),
    findIn(value) {
      if (typeof value === 'number') {
        const token = numbered(value);
        return token ? [token] : [];
      }
      if (typeof value !== 'string' || !value.includes(prefix)) return [];
      return [...value.matchAll(pattern)].flatMap(([, , id]) => known[Number(id)] ?? []);
    },
    restore(value) {
      if (typeof value === 'number') return numbered(value)?.value ?? value;
      if (typeof value !== 'string') return value;
      const whole = known[Number(new RegExp(`^${prefix}(\\d{6,})qz$`).exec(value)?.[1])];
      if (whole) return whole.value;
      return value.replace(pattern, (_, colon: string, id: string) => {
        const token = known[Number(id)];
        return token?.isAdded ? '' : `${colon}${token?.value}`;
      });
    },
    all: () => known,
  };
}

/** Letters that follow from the texts, so that no text can have them in it on purpose. */
function freePrefix(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  const letters = hash.digest('hex').slice(0, 7);
  return `z${letters.replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] as string)}`;
}
