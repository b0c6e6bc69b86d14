import { CannotTell, TemplateFault } from './errors.ts';
import { readLiteral } from './literals.ts';
import { piecesOf, type Token } from './tokens.ts';

/** What an operand of a command may be. `fields` are read one after the other. */
export type Operand =
  | { readonly is: 'literal'; readonly value: unknown }
  | { readonly is: 'dot'; readonly fields: readonly string[] }
  | { readonly is: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly is: 'call'; readonly name: string }
  | { readonly is: 'nested'; readonly pipeline: Pipeline; readonly fields: readonly string[] };

/** Commands that hand their value on, and the variables that get the last one's. */
export interface Pipeline {
  readonly variables: readonly string[];
  readonly declares: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

/** A part of a template. */
export type Node =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'print'; readonly pipeline: Pipeline }
  | {
      readonly is: 'if' | 'with' | 'range';
      readonly pipeline: Pipeline;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    };

const deepest = 50;

/**
 * Reads a Go template.
 *
 * @throws TemplateFault for what Go cannot read
 * @throws CannotTell for named templates and `break`, which nobody needs here
 */
export function parseTemplate(template: string): readonly Node[] {
  const pieces = piecesOf(template);
  let at = 0;
  const [nodes, last] = list(0);
  if (last) throw new TemplateFault(`unexpected {{${last}}}`);
  return nodes;

  function list(depth: number): [Node[], string | undefined, Token[]?] {
    if (depth > deepest) throw new CannotTell('the template is nested too deeply');
    const nodes: Node[] = [];
    while (at < pieces.length) {
      const piece = pieces[at++];
      if (!piece) break;
      if ('text' in piece) {
        if (piece.text) nodes.push({ is: 'text', text: piece.text });
        continue;
      }
      const [first, ...rest] = piece.tokens;
      const word = first?.kind === 'word' ? first.text : '';
      if (word === 'end' || word === 'else') return [nodes, word, withoutSpace(rest)];
      if (word === 'if' || word === 'with' || word === 'range') {
        nodes.push(block(word, rest, depth + 1));
      } else if (['define', 'template', 'block', 'break', 'continue'].includes(word)) {
        throw new CannotTell(`{{${word}}} is not followed`);
      } else nodes.push({ is: 'print', pipeline: pipelineOf(piece.tokens) });
    }
    return [nodes, undefined];
  }

  function block(is: 'if' | 'with' | 'range', tokens: readonly Token[], depth: number): Node {
    const pipeline = pipelineOf(tokens);
    const [body, end, more = []] = list(depth);
    if (end === undefined) throw new TemplateFault('unexpected end of the template');
    if (end === 'end') return { is, pipeline, body, otherwise: [] };
    const word = more[0]?.text;
    if (word === 'if' || word === 'with') {
      // `{{else if}}` shares the `{{end}}` of what it belongs to.
      return { is, pipeline, body, otherwise: [block(word, more.slice(1), depth + 1)] };
    }
    const [otherwise, close] = list(depth);
    if (close !== 'end') throw new TemplateFault('expected {{end}}');
    return { is, pipeline, body, otherwise };
  }
}

function withoutSpace(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ kind }, index) => kind !== 'space' || index > 0);
}

function pipelineOf(tokens: readonly Token[]): Pipeline {
  let at = 0;
  const result = pipeline(0);
  if (at < tokens.length) throw new TemplateFault(`unexpected "${tokens[at]?.text}" in an action`);
  return result;

  function skip(): void {
    while (tokens[at]?.kind === 'space') at++;
  }

  function pipeline(depth: number): Pipeline {
    if (depth > deepest) throw new CannotTell('the template is nested too deeply');
    const head = declaration();
    const commands: Operand[][] = [];
    for (;;) {
      commands.push(command(depth));
      if (tokens[at]?.text !== '|') return { ...head, commands };
      at++;
    }
  }

  function declaration(): Pick<Pipeline, 'variables' | 'declares'> {
    const start = at;
    const variables: string[] = [];
    skip();
    while (tokens[at]?.kind === 'variable') {
      variables.push(tokens[at++]?.text ?? '');
      skip();
      const sign = tokens[at]?.text;
      if (sign === ',') {
        at++;
        skip();
        continue;
      }
      if (sign !== ':=' && sign !== '=') break;
      at++;
      return { variables, declares: sign === ':=' };
    }
    at = start;
    return { variables: [], declares: false };
  }

  function command(depth: number): Operand[] {
    const operands: Operand[] = [];
    for (;;) {
      skip();
      const token = tokens[at];
      if (!token || token.text === '|' || token.text === ')') break;
      operands.push(operand(token, depth));
      const next = tokens[at];
      if (next && next.kind !== 'space' && next.text !== '|' && next.text !== ')') {
        throw new TemplateFault(`unexpected "${next.text}" in an action`);
      }
    }
    if (operands.length === 0) throw new TemplateFault('missing value for command');
    return operands;
  }

  function operand(token: Token, depth: number): Operand {
    at++;
    const { kind, text } = token;
    if (kind === 'field') return { is: 'dot', fields: [text.slice(1), ...fields()] };
    if (kind === 'variable') return { is: 'variable', name: text, fields: fields() };
    if (kind === 'string' || kind === 'number') return { is: 'literal', value: readLiteral(token) };
    if (text === '.') return { is: 'dot', fields: [] };
    if (kind === 'word') {
      if (text === 'true' || text === 'false') return { is: 'literal', value: text === 'true' };
      return text === 'nil' ? { is: 'literal', value: undefined } : { is: 'call', name: text };
    }
    if (text !== '(') throw new TemplateFault(`unexpected "${text}" in an action`);
    const nested = pipeline(depth + 1);
    if (tokens[at++]?.text !== ')') throw new TemplateFault('unclosed parenthesis');
    return { is: 'nested', pipeline: nested, fields: fields() };
  }

  function fields(): string[] {
    const names: string[] = [];
    while (tokens[at]?.kind === 'field') names.push(tokens[at++]?.text.slice(1) ?? '');
    return names;
  }
}
