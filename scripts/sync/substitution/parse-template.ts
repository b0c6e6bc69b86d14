/** A use of a variable, such as `${name:-default}`. */
export interface Expression {
  readonly variable: string;
  /** What is done with its value, such as `:-` or `^^`; `length` for `${#name}`, empty for nothing. */
  readonly operator: string;
  readonly operands: readonly Node[];
  /** Where it stands in the text, from its dollar sign to behind its brace. */
  readonly start: number;
  readonly end: number;
}

/** A part of a template: text as it stands, or a use of a variable. */
export type Node = string | Expression;

/** Why Flux cannot read a text with variables. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  /** Where the expression at fault begins. */
  readonly start: number;

  constructor(message: string, start: number) {
    super(message);
    this.start = start;
  }
}

interface Cursor {
  readonly text: string;
  at: number;
}

/** Deeper defaults in defaults are nobody's intention. */
const deepest = 50;

/**
 * Reads a text in the grammar of Flux's postBuild substitution. A dollar sign without a
 * brace is text, and two of them are one.
 *
 * @throws TemplateError when an expression is not of that grammar
 */
export function parseTemplate(text: string): Node[] {
  const cursor: Cursor = { text, at: 0 };
  const nodes: Node[] = [];
  while (cursor.at < text.length) {
    const dollar = text.indexOf('$', cursor.at);
    const end = dollar < 0 ? text.length : dollar;
    if (end > cursor.at) nodes.push(text.slice(cursor.at, end));
    cursor.at = end;
    if (text.startsWith('${', end)) nodes.push(expression(cursor, 0));
    else if (dollar >= 0) {
      nodes.push('$');
      cursor.at += text[end + 1] === '$' ? 2 : 1;
    }
  }
  return nodes;
}

const identifier = /[\p{L}\p{Nd}_]+/uy;

function expression(cursor: Cursor, depth: number): Expression {
  const start = cursor.at;
  if (depth > deepest) throw new TemplateError('nested too deeply', start);
  cursor.at += 2;
  const isLength = take(cursor, /#/y) !== undefined;
  const variable = take(cursor, identifier);
  if (variable === undefined) throw new TemplateError('no variable name', start);
  const done = (operator: string, operands: readonly Node[] = []): Expression => {
    if (take(cursor, /\}/y) === undefined) throw new TemplateError('no closing brace', start);
    return { variable, operator, operands, start, end: cursor.at };
  };
  if (isLength) return done('length');
  const operator = take(cursor, /:[=\-?+]|=|[,^]{1,2}|\/[/#%]?|##?|%%?|:/y) ?? '';
  const operand = (isEnd: (character: string) => boolean, escapes = /^$/) =>
    nodeUntil(cursor, isEnd, escapes, start, depth);
  if (operator === '=' || /^:./.test(operator)) {
    const operands: Node[] = [];
    while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== '}') {
      operands.push(operand(isBrace));
    }
    return done(operator, operands);
  }
  if (operator === ':') {
    const offset = operand((character) => character === ':' || character === '}');
    if (take(cursor, /:+/y) === undefined) return done(operator, [offset]);
    return done(operator, [offset, operand(isBrace)]);
  }
  if (operator.startsWith('/')) {
    const escapes = /^(?:\$\$|\\[/\\])/;
    const isSlash = (character: string) => character === '/';
    const pattern = cursor.text[cursor.at] === '/' ? '' : operand(isSlash, escapes);
    if (take(cursor, /\/+/y) === undefined) throw new TemplateError('no second slash', start);
    if (cursor.text[cursor.at] === '}') return done(operator, [pattern]);
    return done(operator, [pattern, operand(isBrace, escapes)]);
  }
  return /^[#%]/.test(operator) ? done(operator, [operand(isBrace)]) : done(operator);
}

function isBrace(character: string): boolean {
  return character === '}';
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const [found] = pattern.exec(cursor.text) ?? [];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

/** One operand: an expression or a text that is not empty. */
function nodeUntil(
  cursor: Cursor,
  isEnd: (character: string) => boolean,
  escapes: RegExp,
  start: number,
  depth: number,
): Node {
  if (cursor.text.startsWith('${', cursor.at)) return expression(cursor, depth + 1);
  const before = cursor.at;
  const text = textUntil(cursor, isEnd, escapes);
  if (cursor.at === before) throw new TemplateError('nothing after the operator', start);
  return text;
}

/** Of an escaped pair only the second character stays. */
function textUntil(cursor: Cursor, isEnd: (character: string) => boolean, escapes: RegExp): string {
  const { text } = cursor;
  let read = '';
  while (cursor.at < text.length && !text.startsWith('${', cursor.at)) {
    const character = text[cursor.at] as string;
    if (escapes.test(text.slice(cursor.at, cursor.at + 2))) {
      read += text[cursor.at + 1];
      cursor.at += 2;
    } else if (isEnd(character)) {
      break;
    } else {
      read += character;
      cursor.at += 1;
    }
  }
  return read;
}
