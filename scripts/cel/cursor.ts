import type { Node } from './ast.ts';
import type { Problem } from './issues.ts';
import type { Token } from './lex.ts';
import { nestingLimit, ParseError, tooDeep } from './nodes.ts';

/** Where a parse stands. */
export interface Cursor {
  readonly tokens: readonly Token[];
  readonly problems: Problem[];
  index: number;
  nesting: number;
  /** Parses a whole expression; here because the smallest parts of the grammar contain it. */
  readonly expression: (cursor: Cursor) => Node;
}

/** The next token, which is not consumed. */
export function peek(cursor: Cursor): Token {
  return cursor.tokens[cursor.index] as Token;
}

/** Whether the next token is this operator or keyword. */
export function is(cursor: Cursor, text: string): boolean {
  const token = peek(cursor);
  return token.text === text && (token.kind === 'mark' || token.kind === 'name');
}

/** Consumes the next token if it is one of these. */
export function take(cursor: Cursor, ...texts: string[]): Token | undefined {
  if (!texts.some((text) => is(cursor, text))) return undefined;
  cursor.index += 1;
  return cursor.tokens[cursor.index - 1];
}

/** Consumes this token, or throws a `ParseError`. */
export function demand(cursor: Cursor, text: string): Token {
  const token = take(cursor, text);
  if (token) return token;
  const next = peek(cursor);
  throw syntaxError(
    cursor,
    next.kind === 'end'
      ? `missing '${text}' at '<EOF>'`
      : `mismatched input '${next.text}' expecting '${text}'`,
  );
}

/** A syntax error at the next token. */
export function syntaxError(cursor: Cursor, message: string): ParseError {
  return new ParseError(`Syntax error: ${message}`, peek(cursor).at);
}

/** Repeats a step while it gives something, up to the limit on nesting: `a.b.c`, `a + b + c`. */
export function chain(first: Node, step: (left: Node) => Node | undefined): Node {
  let tree = first;
  for (let length = 1; ; length += 1) {
    const longer = step(tree);
    if (!longer) return tree;
    if (length > nestingLimit) throw tooDeep();
    tree = longer;
  }
}
