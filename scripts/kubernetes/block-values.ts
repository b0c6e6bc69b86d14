import { readFlow } from './block-flow.ts';
import { bail, indentOf, placeScalar, type Reader, type Spot } from './block-lines.ts';
import { readBlock, readDoubleQuoted, readFolded, readSingleQuoted } from './block-scalars.ts';
import { isNullKey, resolveKey, resolveScalar } from './scalars.ts';

/** Position of the colon that ends the key beginning at `start`; -1 when there is none. */
export function keyEnd(line: string, start: number): number {
  const first = line[start] as string;
  if (first === '"' || first === "'") {
    const close = line.indexOf(first, start + 1);
    return close > 0 && line[close + 1] === ':' && endsToken(line, close + 2) ? close + 1 : -1;
  }
  for (let at = line.indexOf(':', start); at > 0; at = line.indexOf(':', at + 1)) {
    if (!endsToken(line, at + 1)) continue;
    const hash = line.indexOf(' #', start);
    return hash < 0 || hash > at ? at : -1;
  }
  return -1;
}

function endsToken(line: string, at: number): boolean {
  return at >= line.length || line[at] === ' ';
}

/** The key that a text writes. */
export function readKey(text: string): string {
  const first = text[0] as string;
  if (first === '"' || first === "'") {
    if (text.includes('\\')) throw bail;
    return text.slice(1, -1);
  }
  if (notPlain.test(text) || text.endsWith(' ') || isNullKey(text)) throw bail;
  return resolveKey(text);
}

/** What a plain scalar does not begin with. */
const notPlain = /^([[\]{},#&*!|>'"%@`]|[-?:]( |$))/;

/**
 * Reads the value that begins on the reader's line.
 *
 * @param start where it begins
 * @param indent how far its parent is indented
 */
export function readValue(reader: Reader, start: number, indent: number, depth: number): unknown {
  const row = reader.at;
  const line = reader.lines[row] as string;
  const first = line[start] as string;
  if (first === '|' || first === '>') {
    return readBlock(reader, [row, start], line.slice(start), indent);
  }
  reader.at++;
  const written = line.slice(start).trimEnd();
  if (continues(reader, indent)) return readFolded(reader, [row, start], written, indent);
  if (first === '{' || first === '[') return readFlow(reader, row, start, depth);
  if (first === '"' || first === "'") {
    const isDouble = first === '"';
    const quoted = beforeComment.exec(written)?.[1] ?? written;
    const value = isDouble ? readDoubleQuoted(quoted) : readSingleQuoted(quoted);
    if (reader.starts) {
      const style = isDouble ? 'double quoted' : 'single quoted';
      const to: Spot = [row, start + quoted.length];
      placeScalar(reader, [row, start], to, { style, value, text: value });
    }
    return value;
  }
  if (notPlain.test(written)) throw bail;
  const comment = written.indexOf(' #');
  const text = comment < 0 ? written : written.slice(0, comment).trimEnd();
  if (text.includes(': ') || text.endsWith(':')) throw bail;
  const value = resolveScalar(text);
  if (reader.starts) {
    const to: Spot = [row, start + text.length];
    placeScalar(reader, [row, start], to, { style: 'plain', value, text });
  }
  return value;
}

/** A quoted text that a comment follows. */
const beforeComment = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*') +#/;

/** Whether the next text is indented deeper than its parent: a scalar of several lines. */
function continues({ lines, at }: Reader, indent: number): boolean {
  for (let next = at; next < lines.length; next++) {
    const line = lines[next] as string;
    const found = indentOf(line);
    if (found < line.length) return found > indent && line[found] !== '#';
  }
  return false;
}
