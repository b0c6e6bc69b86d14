import { fail } from '../errors.ts';
import { labour } from '../meter.ts';
import { declare, type Library } from '../overloads.ts';
import type { Value } from '../values.ts';
import { formatText } from './format-text.ts';

const goSpace = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const surroundingSpace = new RegExp(`^${goSpace}+|${goSpace}+$`, 'gu');

/** Functions on strings, which count in code points. */
export const strings: Library = {
  since: 0,
  functions: [
    declare('charAt', { 'string.(int) -> string': charAt }),
    declare('indexOf', {
      'string.(string) -> int': (text: string, part: string) => indexOf(text, part, 0n),
      'string.(string, int) -> int': indexOf,
    }),
    declare('lastIndexOf', {
      'string.(string) -> int': (text: string, part: string) => {
        const { length } = points(text);
        if (part === '') return BigInt(length);
        return length === 0 ? -1n : lastIndexOf(text, part, BigInt(length - 1));
      },
      'string.(string, int) -> int': lastIndexOf,
    }),
    declare('join', {
      'list(string).() -> string': (list: string[]) => join(list, ''),
      'list(string).(string) -> string': join,
    }),
    declare('lowerAscii', {
      'string.() -> string': (text: string) =>
        text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
    }),
    declare('upperAscii', {
      'string.() -> string': (text: string) =>
        text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
    }),
    declare('replace', {
      'string.(string, string) -> string': (text: string, part: string, to: string) =>
        replace(text, part, to, -1n),
      'string.(string, string, int) -> string': replace,
    }),
    declare('split', {
      'string.(string) -> list(string)': (text: string, by: string) => split(text, by, -1n),
      'string.(string, int) -> list(string)': split,
    }),
    declare('substring', {
      'string.(int) -> string': (text: string, start: bigint) => substring(text, start),
      'string.(int, int) -> string': substring,
    }),
    declare('trim', {
      'string.() -> string': (text: string) => text.replace(surroundingSpace, ''),
    }),
  ],
};

/** `format` and `strings.quote`, which came later. */
export const laterStrings: Library = {
  since: 29,
  functions: [
    declare('format', { 'string.(list(dyn)) -> string': formatText }),
    declare('strings.quote', { '(string) -> string': quote }),
  ],
};

function points(text: string): string[] {
  labour(text.length);
  return [...text];
}

function outOfRange(index: bigint): never {
  return fail(`index out of range: ${index}`);
}

function charAt(text: string, index: bigint): Value {
  const characters = points(text);
  if (index < 0n || index > characters.length) return outOfRange(index);
  return characters[Number(index)] ?? '';
}

function indexOf(text: string, part: string, offset: bigint): Value {
  if (part === '') return offset;
  if (offset < 0n) return outOfRange(offset);
  const characters = points(text);
  if (offset >= characters.length) return -1n;
  const start = characters.slice(0, Number(offset)).join('').length;
  const found = text.indexOf(part, start);
  return found === -1 ? -1n : BigInt([...text.slice(0, found)].length);
}

function lastIndexOf(text: string, part: string, offset: bigint): Value {
  if (part === '') return offset;
  if (offset < 0n) return outOfRange(offset);
  const characters = points(text);
  if (offset >= characters.length) return -1n;
  const start = characters.slice(0, Number(offset)).join('').length;
  const found = text.lastIndexOf(part, start);
  return found === -1 ? -1n : BigInt([...text.slice(0, found)].length);
}

function join(list: readonly string[], separator: string): Value {
  for (const item of list) {
    if (typeof item !== 'string') return fail('no such overload: join');
    labour(item.length + separator.length);
  }
  return list.join(separator);
}

function replace(text: string, part: string, to: string, limit: bigint): Value {
  const pieces = part === '' ? emptySplits(text) : text.split(part);
  const count = limit < 0n ? pieces.length - 1 : Math.min(Number(limit), pieces.length - 1);
  labour(text.length + count * to.length);
  const head = pieces.slice(0, count + 1).join(to);
  return [head, ...pieces.slice(count + 1)].join(part);
}

/** An empty text stands before every character and at the end. */
function emptySplits(text: string): string[] {
  return ['', ...points(text), ''];
}

function split(text: string, by: string, limit: bigint): Value {
  if (limit === 0n) return [];
  const pieces = by === '' ? points(text) : text.split(by);
  labour(pieces.length);
  if (limit < 0n || pieces.length <= limit) return pieces;
  const kept = pieces.slice(0, Number(limit) - 1);
  return [...kept, pieces.slice(Number(limit) - 1).join(by)];
}

function substring(text: string, start: bigint, end?: bigint): Value {
  const characters = points(text);
  const stop = end ?? BigInt(characters.length);
  if (end !== undefined && start > stop) {
    return fail(`invalid substring range. start: ${start}, end: ${stop}`);
  }
  if (start < 0n || start > characters.length) return outOfRange(start);
  if (stop < 0n || stop > characters.length) return outOfRange(stop);
  return characters.slice(Number(start), Number(stop)).join('');
}

const quoted: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(text: string): Value {
  labour(2 * text.length);
  return `"${[...text].map((character) => quoted[character] ?? character).join('')}"`;
}
