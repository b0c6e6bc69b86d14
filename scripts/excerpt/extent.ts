import type { ShownLine } from '../model.ts';

const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/;

/** From a column of a line to the end of the key or value that begins there. */
export function extent(text: string, column: number): Pick<ShownLine, 'start' | 'end'> {
  const start = Math.min(Math.max(column, 1), text.length);
  return { start, end: start + tokenOf(text.slice(start - 1), text.slice(0, start - 1)).length };
}

/** @param rest of a line, which is all of a value in block style */
function tokenOf(rest: string, before: string): string {
  const text = quoted.exec(rest)?.[0];
  if (text !== undefined) return text;
  if (/^[{[]/.test(rest)) return collectionOf(rest);
  const key = /^[\w./-]+(?=\s*:(?:\s|$))/.exec(rest)?.[0];
  if (key !== undefined) return key;
  const value = isInFlow(before) ? /^[^,{}[\]]+/.exec(rest)?.[0] : numberInJson.exec(rest)?.[0];
  return (value ?? rest).trimEnd();
}

/** Of JSON with a field a line: a comma that follows is no part of it. */
const numberInJson = /^(?:-?\d[\d.eE+-]*|true|false|null)(?=,$)/;

/** To the bracket that closes the first, or all where another line has it. */
function collectionOf(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const skipped = quoted.exec(text.slice(at))?.[0];
    if (skipped && /[\s,:{[]/.test(text[at - 1] ?? '')) at += skipped.length - 1;
    else if (/[{[]/.test(text[at] ?? '')) depth += 1;
    else if (/[}\]]/.test(text[at] ?? '')) depth -= 1;
    if (depth === 0) return text.slice(0, at + 1);
  }
  return text;
}

/** Whether a bracket is open: one that begins a value, for in other places it is text. */
function isInFlow(before: string): boolean {
  const bare = before.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '');
  const first = /(?:^|[\s:])[{[]/.exec(bare);
  if (!first) return false;
  const opened = bare.slice(first.index).replaceAll(/[^{[\]}]/g, '');
  return opened.replaceAll(/[\]}]/g, '').length * 2 > opened.length;
}
