import type { Node } from './ast.ts';
import { type Cursor, chain, demand, is, peek, syntaxError, take } from './cursor.ts';
import type { Problem } from './issues.ts';
import { lex, type Token } from './lex.ts';
import { nestingLimit, ParseError, place, tooDeep } from './nodes.ts';
import { invoke, primary, startsExpression } from './parse-primary.ts';

const sizeLimit = 100_000;
const keywords = new Set(['true', 'false', 'null', 'in']);
const relations = ['<', '<=', '>=', '>', '==', '!=', 'in'];

/** What parsing gives: a tree, or at least one problem. */
export interface Parsed {
  readonly tree?: Node;
  readonly problems: readonly Problem[];
}

/** Parses an expression and expands its macros. Size and nesting are limited as in the API server. */
export function parse(source: string): Parsed {
  const size = source.length > sizeLimit ? codePoints(source) : 0;
  if (size > sizeLimit) {
    const message = `expression code point size exceeds limit: size: ${size}, limit ${sizeLimit}`;
    return { problems: [{ message, at: -1 }] };
  }
  const { tokens, problems } = lex(source);
  try {
    const tree = whole({ tokens, problems, index: 0, nesting: 0, expression });
    return problems.length > 0 ? { problems } : { tree, problems };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { problems: [...problems, { message: error.message, at: error.at }] };
  }
}

function codePoints(source: string): number {
  let size = 0;
  for (const _ of source) size += 1;
  return size;
}

function whole(cursor: Cursor): Node {
  const tree = expression(cursor);
  const { kind, text } = peek(cursor);
  if (kind === 'end') return tree;
  const alone = cursor.tokens[cursor.index + 1]?.kind === 'end';
  throw syntaxError(
    cursor,
    `${alone ? 'extraneous' : 'mismatched'} input '${text}' expecting <EOF>`,
  );
}

function call(at: number, name: string, ...args: Node[]): Node {
  return place(at, { kind: 'call', name, args });
}

function expression(cursor: Cursor): Node {
  cursor.nesting += 1;
  if (cursor.nesting > nestingLimit) throw tooDeep();
  let tree = either(cursor);
  const question = take(cursor, '?');
  if (question) {
    const then = either(cursor);
    demand(cursor, ':');
    tree = call(question.at, '_?_:_', tree, then, expression(cursor));
  }
  cursor.nesting -= 1;
  return tree;
}

function either(cursor: Cursor): Node {
  return logical(cursor, '||', () => logical(cursor, '&&', () => relation(cursor)));
}

/** Long chains of `&&` and `||` become balanced trees: they do not count as nesting. */
function logical(cursor: Cursor, operator: string, next: () => Node): Node {
  const terms = [next()];
  const signs: Token[] = [];
  for (let sign = take(cursor, operator); sign; sign = take(cursor, operator)) {
    signs.push(sign);
    terms.push(next());
  }
  return balance(0, terms.length - 1);

  function balance(low: number, high: number): Node {
    if (low === high) return terms[low] as Node;
    const middle = (low + high) >> 1;
    const at = (signs[middle] as Token).at;
    return call(at, `_${operator}_`, balance(low, middle), balance(middle + 1, high));
  }
}

function relation(cursor: Cursor): Node {
  return chain(sum(cursor), (left) => {
    const sign = take(cursor, ...relations);
    if (!sign) return undefined;
    return call(sign.at, sign.text === 'in' ? '@in' : `_${sign.text}_`, left, sum(cursor));
  });
}

function sum(cursor: Cursor): Node {
  return chain(product(cursor), (left) => {
    const sign = take(cursor, '+', '-');
    return sign && call(sign.at, `_${sign.text}_`, left, product(cursor));
  });
}

function product(cursor: Cursor): Node {
  return chain(unary(cursor), (left) => {
    const sign = take(cursor, '*', '/', '%');
    return sign && call(sign.at, `_${sign.text}_`, left, unary(cursor));
  });
}

function unary(cursor: Cursor): Node {
  const sign = peek(cursor);
  const next = cursor.tokens[cursor.index + 1]?.kind;
  const literal = sign.text === '-' && (next === 'int' || next === 'float');
  if (literal || !(is(cursor, '!') || is(cursor, '-'))) return member(cursor);
  let count = 0;
  while (take(cursor, sign.text)) count += 1;
  if (sign.text === '-' && !startsExpression(peek(cursor))) throw noAlternative(cursor, '-');
  const operand = member(cursor);
  return count % 2 === 0 ? operand : call(sign.at, `${sign.text}_`, operand);
}

function member(cursor: Cursor): Node {
  return chain(primary(cursor), (left) => {
    const dot = take(cursor, '.');
    if (dot) return afterDot(cursor, left, dot);
    const bracket = take(cursor, '[');
    if (!bracket) return undefined;
    const name = take(cursor, '?') ? '_[?_]' : '_[_]';
    const index = expression(cursor);
    demand(cursor, ']');
    return call(bracket.at, name, left, index);
  });
}

function afterDot(cursor: Cursor, operand: Node, { at }: Token): Node {
  const mode = take(cursor, '?') ? 'optional' : 'plain';
  const token = peek(cursor);
  if (token.kind === 'name' && keywords.has(token.text)) {
    throw syntaxError(cursor, `mismatched input '${token.text}' expecting IDENTIFIER`);
  }
  if (token.kind !== 'name' && token.kind !== 'quoted') throw noAlternative(cursor, '.');
  cursor.index += 1;
  if (token.kind === 'name' && mode === 'plain') {
    const open = take(cursor, '(');
    if (open) return invoke(cursor, open.at, token.text, operand);
  }
  const field = token.kind === 'quoted' ? String(token.value) : token.text;
  return place(at, { kind: 'select', operand, field, mode });
}

function noAlternative(cursor: Cursor, before: string): ParseError {
  const { kind, text } = peek(cursor);
  const input = kind === 'end' ? before : `${before}${text}`;
  return syntaxError(cursor, `no viable alternative at input '${input}'`);
}
