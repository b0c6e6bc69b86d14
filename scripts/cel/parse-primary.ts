import type { ListLiteral, MapEntry, Node } from './ast.ts';
import { type Cursor, demand, is, peek, syntaxError, take } from './cursor.ts';
import type { Token } from './lex.ts';
import { literalValue } from './literals.ts';
import { expandMacro } from './macros.ts';
import { ParseError, place } from './nodes.ts';

const start =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
const reserved = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** Parses what cannot be taken apart: a literal, a name, a call, a list, a map, parentheses. */
export function primary(cursor: Cursor): Node {
  const { at } = peek(cursor);
  if (take(cursor, '(')) {
    const tree = cursor.expression(cursor);
    demand(cursor, ')');
    return tree;
  }
  if (take(cursor, '[')) return list(cursor, at);
  if (take(cursor, '{')) return map(cursor, at);
  const negative = take(cursor, '-') !== undefined;
  const value = literalValue(cursor, peek(cursor), negative);
  if (value !== undefined) {
    cursor.index += 1;
    return place(at, { kind: 'constant', value });
  }
  const rooted = take(cursor, '.') !== undefined;
  const token = peek(cursor);
  if (token.kind !== 'name' || token.text === 'in') {
    // As the API server's parser does, a single token too many is told apart from a wrong one.
    const problem = startsExpression(cursor.tokens[cursor.index + 1]) ? 'extraneous' : 'mismatched';
    throw syntaxError(cursor, `${problem} input '${token.text}' expecting ${start}`);
  }
  return named(cursor, rooted);
}

/** Whether an expression can start with a token. */
export function startsExpression(token: Token | undefined): boolean {
  if (!token || token.kind === 'end' || token.kind === 'quoted') return false;
  if (token.kind === 'mark') return '[{(.-!'.includes(token.text);
  return token.text !== 'in';
}

/** Parses the arguments of a call whose `(` has been read, and expands macros. */
export function invoke(cursor: Cursor, at: number, name: string, target?: Node): Node {
  const args = is(cursor, ')') ? [] : [cursor.expression(cursor)];
  while (args.length > 0 && take(cursor, ',')) args.push(cursor.expression(cursor));
  demand(cursor, ')');
  const expanded = expandMacro(at, name, target, args);
  return expanded ?? place(at, { kind: 'call', name, ...(target && { target }), args });
}

function named(cursor: Cursor, rooted: boolean): Node {
  const token = peek(cursor);
  cursor.index += 1;
  const open = take(cursor, '(');
  if (open) return invoke(cursor, open.at, token.text);
  const name = structName(cursor);
  if (name !== undefined) return structLiteral(cursor, name);
  if (reserved.has(token.text)) {
    throw new ParseError(`reserved identifier: ${token.text}`, token.at);
  }
  return place(token.at, { kind: 'identifier', name: rooted ? `.${token.text}` : token.text });
}

/** Reads on to the `{` of `Name.name{`; leaves the cursor alone where it is something else. */
function structName(cursor: Cursor): string | undefined {
  const { tokens } = cursor;
  let next = cursor.index;
  let name = tokens[next - 1]?.text ?? '';
  while (tokens[next]?.text === '.' && tokens[next + 1]?.kind === 'name') {
    name += `.${tokens[next + 1]?.text}`;
    next += 2;
  }
  if (tokens[next]?.kind !== 'mark' || tokens[next]?.text !== '{') return undefined;
  cursor.index = next;
  return name;
}

function structLiteral(cursor: Cursor, name: string): Node {
  const { at } = demand(cursor, '{');
  const values: Node[] = [];
  while (!is(cursor, '}')) {
    take(cursor, '?');
    if (!['name', 'quoted'].includes(peek(cursor).kind)) {
      throw syntaxError(cursor, `mismatched input '${peek(cursor).text}' expecting '}'`);
    }
    cursor.index += 1;
    demand(cursor, ':');
    values.push(cursor.expression(cursor));
    if (!take(cursor, ',')) break;
  }
  demand(cursor, '}');
  return place(at, { kind: 'struct', name, values });
}

function list(cursor: Cursor, at: number): Node {
  const items: ListLiteral['items'][number][] = [];
  while (!is(cursor, ']')) {
    const optional = take(cursor, '?') !== undefined;
    items.push({ value: cursor.expression(cursor), optional });
    if (!take(cursor, ',')) break;
  }
  demand(cursor, ']');
  return place(at, { kind: 'list', items });
}

function map(cursor: Cursor, at: number): Node {
  const entries: MapEntry[] = [];
  while (!is(cursor, '}')) {
    const optional = take(cursor, '?') !== undefined;
    const key = cursor.expression(cursor);
    demand(cursor, ':');
    entries.push({ key, value: cursor.expression(cursor), optional });
    if (!take(cursor, ',')) break;
  }
  demand(cursor, '}');
  return place(at, { kind: 'map', entries });
}
