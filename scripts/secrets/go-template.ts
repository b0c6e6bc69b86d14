/** What can be said of a Go template without running it. */
export interface GoTemplate {
  /** Fields of the root that it reads. */
  readonly fields: readonly TemplateField[];
  /** Whether it reads more than those: the root as a whole, or fields of something else. */
  readonly dynamic: boolean;
  /** `.a-b`, which Go reads as a subtraction and refuses. */
  readonly hyphened: readonly string[];
  /** The text outside of `{{ }}`. */
  readonly literal: string;
  /** Whether there is any `{{ }}` that is no comment. */
  readonly hasActions: boolean;
}

/** A field of the root that a template reads. */
interface TemplateField {
  readonly name: string;
  /** `{{ index . "name" }}`, which renders nothing when there is no such field. */
  readonly byIndex: boolean;
}

/** Above this a template is not looked into. */
const longest = 100_000;
const strings = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'/g;
const indexed = /\bindex [.$] "([^"\\]*)"/g;
const field = /(?<=^|[\s(|,=!])\$?\.([A-Za-z_]\w*)(-[A-Za-z_][\w-]*)?/g;

/**
 * Reads a template as far as it is plain. Inside `range` and `with` the dot is something
 * else, so such templates are dynamic and none of their fields is told.
 */
export function readGoTemplate(text: string): GoTemplate {
  const fields: TemplateField[] = [];
  const hyphened: string[] = [];
  const { literal, actions } = split(text);
  let dynamic = text.length > longest;
  for (const action of dynamic ? [] : actions) {
    const code = action.replaceAll(/\s+/g, ' ');
    for (const [, name = ''] of code.matchAll(indexed)) fields.push({ name, byIndex: true });
    const bare = code.replaceAll(indexed, ' ').replaceAll(strings, ' ');
    for (const [, name = '', rest] of bare.matchAll(field)) {
      if (rest) hyphened.push(`${name}${rest}`);
      else fields.push({ name, byIndex: false });
    }
    dynamic ||= isDynamic(bare);
  }
  const hasActions = actions.length > 0;
  if (dynamic) return { fields: [], hyphened: [], dynamic, literal, hasActions };
  return { fields, hyphened, dynamic, literal, hasActions };
}

/** Blocks that move the dot, variables, and the root itself: `{{ . | toJson }}`. */
function isDynamic(code: string): boolean {
  return (
    /^(range|with|define|template|block)\b/.test(code) ||
    /(?:^|[\s(|,])[.$](?=[\s)|]|$)/.test(code) ||
    /\$[A-Za-z_]/.test(code)
  );
}

/** The text outside of `{{ }}`, and the code inside of each, comments left out. */
function split(text: string): { literal: string; actions: string[] } {
  const actions: string[] = [];
  let literal = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    const close = open < 0 ? -1 : endOf(text, open + 2);
    if (close < 0) return { literal: literal + text.slice(at), actions };
    literal += text.slice(at, open);
    const code = text
      .slice(open + 2, close)
      .replace(/^-/, '')
      .replace(/-$/, '')
      .trim();
    if (!code.startsWith('/*')) actions.push(code);
    at = close + 2;
  }
}

/** Where the action that begins before `from` ends; -1 when it never does. */
function endOf(text: string, from: number): number {
  const limit = Math.min(text.length, from + longest);
  for (let at = from; at < limit; at++) {
    const character = text[at] as string;
    if (character === '}' && text[at + 1] === '}') return at;
    if (character !== '"' && character !== '`' && character !== "'") continue;
    at++;
    while (at < limit && text[at] !== character)
      at += text[at] === '\\' && character !== '`' ? 2 : 1;
  }
  return -1;
}
