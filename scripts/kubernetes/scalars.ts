/**
 * What a plain scalar means to Kubernetes, which reads YAML with sigs.k8s.io/yaml
 * (go-yaml v2 semantics): `yes` and `on` are booleans, `0644` is 420, `12:30:45`
 * and dates are strings. No npm parser reads it so in any mode, hence every
 * parser path of this library resolves its scalars here.
 *
 * Source: the resolve table of go-yaml v2, and Go's `strconv.ParseInt` with base 0.
 */
export function resolveScalar(text: string): unknown {
  const first = text.charCodeAt(0);
  // Most scalars are words: nothing to look up unless they begin like one of the table's.
  if (first > 57 /* 9 */) {
    return startsWord(first) && text.length <= 5 && text in words ? words[text] : text;
  }
  if (text === '') return null;
  const isNumeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  return isNumeric ? resolveNumber(text) : text;
}

/** How Kubernetes spells a mapping key that is not a string: `on:` is the key `"true"`. */
export function resolveKey(text: string): string {
  const value = resolveScalar(text);
  return typeof value === 'string' ? value : String(value);
}

/** Whether a plain mapping key is null, which Kubernetes refuses. */
export function isNullKey(text: string): boolean {
  return resolveScalar(text) === null;
}

const words: Readonly<Record<string, boolean | null>> = Object.assign(Object.create(null), {
  '~': null,
  null: null,
  Null: null,
  NULL: null,
  ...spellings(true, ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']),
  ...spellings(false, ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']),
});

function spellings(value: boolean, texts: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(texts.map((text) => [text, value]));
}

/** F N O T Y f n o t y and the tilde. */
function startsWord(code: number): boolean {
  const lower = code | 0x20;
  return (
    lower === 0x66 ||
    lower === 0x6e ||
    lower === 0x6f ||
    lower === 0x74 ||
    lower === 0x79 ||
    code === 0x7e
  );
}

const integer = /^[-+]?(0|[1-9][0-9]*)$/;
const octal = /^([-+]?)0[oO]?([0-7]+)$/;
const hexadecimal = /^([-+]?)0[xX]([0-9a-fA-F]+)$/;
const binary = /^([-+]?)0[bB]([01]+)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const infinity = /^[-+]?\.(inf|Inf|INF)$/;
const notANumber = /^\.(nan|NaN|NAN)$/;

function resolveNumber(text: string): unknown {
  // Underscores may stand anywhere but in what begins with its point.
  const digits = text.includes('_') && text[0] !== '.' ? text.replaceAll('_', '') : text;
  if (integer.test(digits)) return withoutMinusZero(Number(digits));
  const other = octal.exec(digits);
  if (other) return signed(other, 8);
  if (float.test(digits)) return finite(digits, text);
  const hex = hexadecimal.exec(digits);
  if (hex) return signed(hex, 16);
  const bits = binary.exec(digits);
  if (bits) return signed(bits, 2);
  if (infinity.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return notANumber.test(text) ? Number.NaN : text;
}

function signed([, sign, digits = '']: RegExpExecArray, base: number): number {
  const value = Number.parseInt(digits, base);
  return withoutMinusZero(sign === '-' ? -value : value);
}

/** Go refuses a number too large for a float, so it must not pass for one. */
function finite(digits: string, text: string): unknown {
  const value = Number(digits);
  return Number.isFinite(value) ? withoutMinusZero(value) : text;
}

function withoutMinusZero(value: number): number {
  return value === 0 ? 0 : value;
}
