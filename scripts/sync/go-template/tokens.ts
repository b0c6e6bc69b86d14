import { CannotTell, TemplateFault } from './errors.ts';

/** A piece of the code between `{{` and `}}`. */
export interface Token {
  readonly kind: 'word' | 'field' | 'variable' | 'string' | 'number' | 'sign' | 'space';
  readonly text: string;
}

/** A template as text and actions that alternate. */
export type Piece = { readonly text: string } | { readonly tokens: readonly Token[] };

/** Above this nobody writes a template by hand. */
const longest = 100_000;
const pattern =
  /(?<space>\s+)|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*')|(?<number>[+-]?(?:0[xX][\da-fA-F]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?))|(?<field>\.[\p{L}_][\p{L}\p{Nd}_]*)|(?<variable>\$[\p{L}\p{Nd}_]*)|(?<word>[\p{L}_][\p{L}\p{Nd}_]*)|(?<sign>:=|[.|()=,])/uy;

/**
 * Splits a template at its actions, comments left out and text trimmed as `{{-` and `-}}` say.
 *
 * @throws TemplateFault for what Go cannot read
 * @throws CannotTell when the template is too long
 */
export function piecesOf(template: string): Piece[] {
  if (template.length > longest) throw new CannotTell('the template is too long');
  const pieces: Piece[] = [];
  let at = 0;
  let trims = false;
  for (;;) {
    const open = template.indexOf('{{', at);
    const raw = template.slice(at, open < 0 ? undefined : open);
    const text = trims ? raw.trimStart() : raw;
    if (open < 0) return [...pieces, { text }];
    const trimsBefore = /^-\s/.test(template.slice(open + 2, open + 4));
    pieces.push({ text: trimsBefore ? text.trimEnd() : text });
    const start = open + (trimsBefore ? 3 : 2);
    const comment = /^\s*\/\*/.test(template.slice(start, start + 20));
    const found = comment ? commentAt(template, start) : actionAt(template, start);
    if (found.tokens.length > 0) pieces.push({ tokens: found.tokens });
    else if (!comment) throw new TemplateFault('missing value for command');
    ({ end: at, trims } = found);
  }
}

interface Found {
  readonly tokens: readonly Token[];
  readonly end: number;
  readonly trims: boolean;
}

function commentAt(template: string, start: number): Found {
  const close = template.indexOf('*/', start);
  const end = close < 0 ? null : /^(\s+-)?\}\}/.exec(template.slice(close + 2, close + 100));
  if (!end) throw new TemplateFault('unclosed comment');
  return { tokens: [], end: close + 2 + end[0].length, trims: end[1] !== undefined };
}

function actionAt(template: string, start: number): Found {
  const tokens: Token[] = [];
  let at = start;
  for (;;) {
    const rest = template.slice(at, at + 2);
    if (rest === '}}') return { tokens: trimmed(tokens), end: at + 2, trims: false };
    if (tokens.at(-1)?.kind === 'space' && template.startsWith('-}}', at)) {
      return { tokens: trimmed(tokens), end: at + 3, trims: true };
    }
    pattern.lastIndex = at;
    const match = pattern.exec(template);
    const group = Object.entries(match?.groups ?? {}).find(([, text]) => text !== undefined);
    if (!match || !group) {
      if (at >= template.length) throw new TemplateFault('unclosed action');
      throw new TemplateFault(`unexpected "${template[at]}" in an action`);
    }
    tokens.push({ kind: group[0] as Token['kind'], text: match[0] });
    at = pattern.lastIndex;
  }
}

function trimmed(tokens: readonly Token[]): Token[] {
  const from = tokens[0]?.kind === 'space' ? 1 : 0;
  return tokens.slice(from, tokens.at(-1)?.kind === 'space' ? -1 : undefined);
}
