import { CannotTell, TemplateFault } from './errors.ts';
import type { Token } from './tokens.ts';

const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/**
 * The value of a literal. Whole numbers are Go's `int` and come as bigint; what YAML gave is
 * `float64` and a number.
 *
 * @throws TemplateFault for an escape or number that Go does not have
 */
export function readLiteral({ kind, text }: Token): unknown {
  if (kind === 'number') {
    const plain = text.replaceAll('_', '');
    if (/^[+-]?(0[xX][\da-fA-F]+|\d+)$/.test(plain)) {
      const digits = plain.replace(/^[+-]/, '');
      // Octal, which is rare enough to leave.
      if (/^0\d/.test(digits)) throw new CannotTell(`the number ${text} is not read`);
      return plain.startsWith('-') ? -BigInt(digits) : BigInt(digits);
    }
    return Number(plain);
  }
  const inner = text.slice(1, -1);
  if (text.startsWith('`')) return inner;
  const value = inner.replaceAll(
    /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|.)/gs,
    (_, code: string) => escapes[code] ?? unescaped(code),
  );
  // A character is a number in Go.
  return text.startsWith("'") ? BigInt(value.codePointAt(0) ?? 0) : value;
}

function unescaped(code: string): string {
  if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  if (code === '\\' || code === '"' || code === "'") return code;
  throw new TemplateFault(`unknown escape sequence "\\${code}"`);
}
