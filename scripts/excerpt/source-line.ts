import type { Location, ShownLine } from '../model.ts';
import { isCredentialName } from '../secrets/credential-names.ts';
import { mask, masked } from '../secrets/masked.ts';
import { extent } from './extent.ts';

/** Beyond it a line is a file in a line, and no reader wants it. */
const longest = 1000;
/** How far the name of a variable or the path of a patch may stand from its value. */
const near = 4;

/**
 * The line at a place as it may be shown: comments are left out, and of what may be a
 * secret only the key stays.
 *
 * @param message about it: what it quotes is no secret any more
 * @param hide whether to show no value at all
 */
export function shownLine(
  lines: readonly string[],
  { line, column }: Location,
  message: string,
  hide: boolean,
): ShownLine | undefined {
  const index = line - 1;
  const comment = suppressionAt(lines[index] ?? '', column);
  if (comment) return { text: comment, start: 1, end: comment.length + 1 };
  const text = withoutComment(lines[index] ?? '');
  if (text.trim() === '' || text.length > longest) return undefined;
  const { prefix, key, value } = partsOf(text);
  // What the message quotes is told anyway; of an operation's path it quotes the last step.
  const bare = value.replace(/^(["'])(.*)\1$/, '$2');
  const quoted = key === 'path' && bare.startsWith('/') ? bare.split('/').at(-1) : bare;
  const isTold = message.includes(`"${quoted}"`);
  if (value !== '' && !isTold && (hide || isSecretValue(key, value, lines, index))) {
    const start = column <= prefix.length ? column : prefix.length + 1;
    return { text: prefix + mask, ...extent(prefix + mask, start), masked: true };
  }
  return { text, ...extent(text, column) };
}

/** A comment that is itself at fault; what stands before it is not shown. */
function suppressionAt(line: string, column: number): string | undefined {
  const text = line.slice(column - 1).trimEnd();
  return text.length <= longest && /^#+\s{0,9}presync-/.test(text) ? text : undefined;
}

/** Which lines are in a document that declares or makes Secrets, so that any value may be one. */
export function linesAmongSecrets(lines: readonly string[]): readonly boolean[] {
  const verdicts: boolean[] = [];
  let document: string[] = [];
  const close = () => {
    const verdict = mentionsSecrets(document.join('\n'));
    for (const _ of document) verdicts.push(verdict);
    document = [];
  };
  for (const line of lines) {
    if (/^(---|\.\.\.)(\s|$)/.test(line)) close();
    document.push(line);
  }
  close();
  return verdicts;
}

function mentionsSecrets(text: string): boolean {
  return /["']?kind["']?\s*:\s*["']?Secret(List)?\b|secretGenerator|stringData|sops_|"?sops"?\s*:/.test(
    text,
  );
}

function withoutComment(line: string): string {
  const text = line.replace(/\r$/, '').replaceAll('\t', ' ');
  const at = text.search(/(^|\s)#/);
  return (at < 0 ? text : text.slice(0, at)).trimEnd();
}

interface Parts {
  /** What stands before the value: indent, dashes and the key. */
  readonly prefix: string;
  readonly key: string;
  readonly value: string;
}

function partsOf(text: string): Parts {
  const [all, dashes = '', key] = /^((?:\s|- )*)(?:["']?([\w./-]+)["']?\s*:(?:\s+|$))?/.exec(
    text,
  ) ?? [''];
  const prefix = key === undefined ? dashes : all;
  return { prefix, key: key ?? '', value: text.slice(prefix.length) };
}

function isSecretValue(
  key: string,
  value: string,
  lines: readonly string[],
  index: number,
): boolean {
  const bare = value.replace(/,$/, '').replace(/^(["'])(.*)\1$/, '$2');
  if (masked(bare, key) === mask) return true;
  if (/^[\w+/=-]{40,}$/.test(bare)) return true;
  // Several fields in a line, or a part of a longer text: every word counts.
  const isOneField = key !== '' && !/[{[]/.test(value);
  if (!isOneField && value.split(/[^\w.-]+/).some(isCredentialName)) return true;
  return /^(value|literals)?$/.test(key) && isNamedAsSecret(lines, index);
}

/** `name: DB_PASSWORD` beside `value:`, or `path: /data/password` of a patch. */
function isNamedAsSecret(lines: readonly string[], index: number): boolean {
  return siblings(lines, index).some((line) => {
    const { key, value } = partsOf(line);
    const bare = value.replaceAll(/["',]/g, '').trim();
    if (key === 'path') return /\/(stringData|data)\//.test(bare) || isCredentialName(bare);
    return key === 'name' && isCredentialName(bare);
  });
}

/** The other keys of a list's item, as far as they are near. */
function siblings(lines: readonly string[], index: number): string[] {
  const own = columnOf(lines[index] ?? '');
  const found: string[] = [];
  for (let at = index; at >= Math.max(0, index - near); at -= 1) {
    const line = lines[at] ?? '';
    if (columnOf(line) < own) break;
    if (columnOf(line) === own) found.push(withoutComment(line));
    if (isItem(line) && columnOf(line) === own) break;
  }
  for (const line of lines.slice(index + 1, index + near + 1)) {
    if (columnOf(line) < own || (isItem(line) && columnOf(line) === own)) break;
    if (columnOf(line) === own) found.push(withoutComment(line));
  }
  return found;
}

/** Where a line's key stands. */
function columnOf(line: string): number {
  return /^(?:\s|- )*/.exec(line)?.[0].length ?? 0;
}

function isItem(line: string): boolean {
  return /^\s*- /.test(line);
}
