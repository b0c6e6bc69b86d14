import { bail, offsetAt, placeScalar, type Reader } from './block-lines.ts';
import { readDoubleQuoted, readSingleQuoted } from './block-scalars.ts';
import { isNullKey, resolveKey, resolveScalar } from './scalars.ts';
import type { YamlEntry, YamlNode } from './yaml-tree.ts';

/** A collection in brackets on a line of its own, and how far it has been read. */
interface Cursor {
  readonly reader: Reader;
  readonly line: string;
  /** Index of the line. */
  readonly row: number;
  at: number;
}

/**
 * Reads `[a, "b"]` or `{a: b}` that ends on its line.
 *
 * @param row index of the line
 * @param start where the bracket stands in it
 */
export function readFlow(reader: Reader, row: number, start: number, depth: number): unknown {
  const line = reader.lines[row] as string;
  const cursor: Cursor = { reader, line, row, at: start };
  const value = readCollection(cursor, depth);
  if (!/^\s*$|^\s+#/.test(line.slice(cursor.at))) throw bail;
  return value;
}

const maximumDepth = 100;

function readCollection(cursor: Cursor, depth: number): unknown {
  if (depth > maximumDepth) throw bail;
  return cursor.line[cursor.at] === '[' ? readList(cursor, depth) : readMap(cursor, depth);
}

function readList(cursor: Cursor, depth: number): unknown[] {
  const { reader, row, at } = cursor;
  const values: unknown[] = [];
  const items: YamlNode[] | undefined = reader.starts && [];
  for (let more = begins(cursor, ']'); more; more = goesOn(cursor, ']')) {
    values.push(readItem(cursor, depth));
    if (reader.node) items?.push(reader.node);
  }
  if (items) {
    const [start, end] = [offsetAt(reader, [row, at]), offsetAt(reader, [row, cursor.at])];
    reader.node = { is: 'list', start, end, items, isFlow: true };
  }
  return values;
}

function readMap(cursor: Cursor, depth: number): Record<string, unknown> {
  const { reader, row, at } = cursor;
  const mapping: Record<string, unknown> = {};
  const entries: YamlEntry[] | undefined = reader.starts && [];
  for (let more = begins(cursor, '}'); more; more = goesOn(cursor, '}')) {
    const keyStart = offsetAt(reader, [row, cursor.at]);
    const key = readKey(cursor);
    if (key === '__proto__' || key === '<<' || Object.hasOwn(mapping, key)) throw bail;
    if (!cursor.line.startsWith(': ', cursor.at)) throw bail;
    cursor.at += 2;
    skipSpaces(cursor);
    mapping[key] = readItem(cursor, depth);
    if (reader.node) entries?.push({ key, keyStart, value: reader.node });
  }
  if (entries) {
    const [start, end] = [offsetAt(reader, [row, at]), offsetAt(reader, [row, cursor.at])];
    reader.node = { is: 'map', start, end, entries, isFlow: true };
  }
  return mapping;
}

/** Whether anything stands between the brackets. */
function begins(cursor: Cursor, close: string): boolean {
  cursor.at++;
  skipSpaces(cursor);
  if (cursor.line[cursor.at] !== close) return true;
  cursor.at++;
  return false;
}

/** Whether a comma follows, and not the end. */
function goesOn(cursor: Cursor, close: string): boolean {
  skipSpaces(cursor);
  const next = cursor.line[cursor.at];
  cursor.at++;
  if (next === close) return false;
  if (next !== ',') throw bail;
  skipSpaces(cursor);
  return true;
}

function skipSpaces(cursor: Cursor): void {
  while (cursor.line[cursor.at] === ' ') cursor.at++;
}

function readItem(cursor: Cursor, depth: number): unknown {
  const first = cursor.line[cursor.at];
  if (first === '[' || first === '{') return readCollection(cursor, depth + 1);
  const { reader, row, at } = cursor;
  const written = word(cursor);
  const end = at + written.length;
  if (first === '"' || first === "'") {
    const text = first === '"' ? readDoubleQuoted(written) : readSingleQuoted(written);
    const style = first === '"' ? 'double quoted' : 'single quoted';
    placeScalar(reader, [row, at], [row, end], { style, value: text, text });
    return text;
  }
  const value = resolveScalar(written);
  placeScalar(reader, [row, at], [row, end], { style: 'plain', value, text: written });
  return value;
}

function readKey(cursor: Cursor): string {
  const written = word(cursor);
  const isQuoted = written.startsWith('"') || written.startsWith("'");
  if (isQuoted ? /\\|''/.test(written) : isNullKey(written)) throw bail;
  return isQuoted ? written.slice(1, -1) : resolveKey(written);
}

/** The next scalar as it is written; only what no reader of YAML sees otherwise. */
function word(cursor: Cursor): string {
  scalar.lastIndex = cursor.at;
  const [found] = scalar.exec(cursor.line) ?? [];
  if (found === undefined) throw bail;
  const written = found.trimEnd();
  cursor.at += written.length;
  return written;
}

const scalar = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[A-Za-z0-9_./]|-(?=[A-Za-z]))[\w./$+=@() -]*/y;
