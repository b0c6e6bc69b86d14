import type { Problem } from './issues.ts';
import { unescapeBytes, unescapeString } from './unescape.ts';

/** A token; literals carry their value. */
export interface Token {
  readonly kind: 'int' | 'uint' | 'float' | 'string' | 'bytes' | 'name' | 'quoted' | 'mark' | 'end';
  readonly text: string;
  readonly at: number;
  readonly value?: string | Uint8Array;
}

const space = /(?:[ \t\r\n\f]+|\/\/[^\n]*)+/y;
const number =
  /(?:0x[0-9a-fA-F]+[uU]?|(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)|\d+[uU]?)/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const quoted = /`([a-zA-Z0-9_.\-/ ]+)`/y;
const mark = /(?:==|!=|<=|>=|&&|\|\||[<>[\](){}.,?:+\-*/%!])/y;
const literal =
  /([bB]?)([rR]?)("""[\s\S]*?(?<!\\)(?:\\\\)*"""|'''[\s\S]*?(?<!\\)(?:\\\\)*'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')/y;
const rawLiteral = /([bB]?)([rR])("""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\r\n]*"|'[^'\r\n]*')/y;

/** Nobody reads more problems of one expression than this. */
const mostProblems = 100;

/** Cuts a source into tokens, the last of which is the end; characters that fit none are problems. */
export function lex(source: string): { tokens: Token[]; problems: Problem[] } {
  const tokens: Token[] = [];
  const problems: Problem[] = [];
  let at = 0;
  while (at < source.length && problems.length < mostProblems) {
    at += matchAt(space, source, at)?.[0].length ?? 0;
    if (at >= source.length) break;
    const token = tokenAt(source, at);
    if (token) {
      tokens.push(token);
      at += token.text.length;
    } else {
      const text = unrecognized(source, at);
      problems.push({ message: `Syntax error: token recognition error at: '${text}'`, at });
      at += text.length;
    }
  }
  tokens.push({ kind: 'end', text: '<EOF>', at: source.length });
  return { tokens, problems };
}

function tokenAt(source: string, at: number): Token | undefined {
  const text = matchAt(rawLiteral, source, at) ?? matchAt(literal, source, at);
  if (text) return literalToken(text, at);
  const digits = matchAt(number, source, at)?.[0];
  if (digits) return { kind: numberKind(digits), text: digits, at };
  const word = matchAt(name, source, at)?.[0];
  if (word) return { kind: 'name', text: word, at };
  const escaped = matchAt(quoted, source, at);
  if (escaped) return { kind: 'quoted', text: escaped[0], at, value: escaped[1] as string };
  const sign = matchAt(mark, source, at)?.[0];
  return sign === undefined ? undefined : { kind: 'mark', text: sign, at };
}

function literalToken(match: RegExpExecArray, at: number): Token | undefined {
  const [text, bytes, raw, body = ''] = match;
  const quotes = /^("""|''')/.test(body) ? 3 : 1;
  const inside = body.slice(quotes, -quotes);
  if (bytes) {
    const value = raw ? new Uint8Array(Buffer.from(inside)) : unescapeBytes(inside);
    return value && { kind: 'bytes', text, at, value };
  }
  const value = raw ? inside : unescapeString(inside);
  return value === undefined ? undefined : { kind: 'string', text, at, value };
}

function numberKind(text: string): 'int' | 'uint' | 'float' {
  if (/[uU]$/.test(text)) return 'uint';
  return /^0x/.test(text) || /^\d+$/.test(text) ? 'int' : 'float';
}

/** What the lexer of the API server skips: the rest of a broken string, or a broken operator. */
function unrecognized(source: string, at: number): string {
  const character = String.fromCodePoint(source.codePointAt(at) as number);
  if (character === '"' || character === "'") return source.slice(at).split('\n', 1)[0] as string;
  return '=&|`'.includes(character) ? source.slice(at, at + 2) : character;
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}
