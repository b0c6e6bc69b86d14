import type { Cursor } from './cursor.ts';
import type { Token } from './lex.ts';
import { uint, type Value } from './values.ts';

/** The value of a literal token, or nothing where it is not a literal. */
export function literalValue(cursor: Cursor, token: Token, negative: boolean): Value | undefined {
  switch (token.kind) {
    case 'string':
    case 'bytes':
      return negative ? undefined : token.value;
    case 'int': {
      const value = negative ? -BigInt(token.text) : BigInt(token.text);
      if (BigInt.asIntN(64, value) !== value) invalid('int');
      return value;
    }
    case 'uint': {
      const value = BigInt(token.text.slice(0, -1));
      if (BigInt.asUintN(64, value) !== value) invalid('uint');
      return negative ? undefined : uint(value);
    }
    case 'float': {
      const value = negative ? -Number(token.text) : Number(token.text);
      if (!Number.isFinite(value)) invalid('double');
      return value;
    }
    default:
      return negative ? undefined : keyword(token);
  }

  function invalid(type: string): void {
    cursor.problems.push({ message: `invalid ${type} literal`, at: token.at });
  }
}

function keyword({ kind, text }: Token): Value | undefined {
  if (kind !== 'name') return undefined;
  if (text === 'null') return null;
  return text === 'true' ? true : text === 'false' ? false : undefined;
}
