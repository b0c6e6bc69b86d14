import { bail, indentOf, type Reader } from './block-lines.ts';
import { readDoubleQuoted, readFolded, readLiteral, readSingleQuoted } from './block-scalars.ts';
import { isNullKey, resolveKey, resolveScalar } from './scalars.ts';

/**
 * Reads the block YAML that kustomize writes, ten times as fast as a full parser.
 * Anything beyond that subset (flow collections, anchors, tags, odd indentation,
 * duplicate keys) answers `undefined`: the full parser then decides. It never guesses.
 *
 * @returns the documents of the stream, empty ones left out.
 */
export function readBlocks(text: string): unknown[] | undefined {
  if (text.includes('\t') || text.includes('\r') || text.charCodeAt(0) === 0xfeff) return undefined;
  const reader: Reader = { lines: text.split('\n'), at: 0 };
  try {
    const documents: unknown[] = [];
    while (skipBlank(reader)) {
      if (isSeparator(reader.lines[reader.at] as string)) {
        reader.at++;
        continue;
      }
      documents.push(readNode(reader, 0, 0));
      if (skipBlank(reader) && !isSeparator(reader.lines[reader.at] as string)) throw bail;
    }
    return documents;
  } catch (error) {
    if (error === bail) return undefined;
    throw error;
  }
}

const maximumDepth = 100;

/** Moves to the next line with content; false at the end. */
function skipBlank(reader: Reader): boolean {
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at] as string;
    const start = indentOf(line);
    if (start < line.length && line[start] !== '#') return true;
  }
  return false;
}

function isSeparator(line: string): boolean {
  return line === '---' || (line.startsWith('---') && line.trimEnd() === '---');
}

/** Reads the collection whose first entry stands at the reader's line, indented by `indent`. */
function readNode(reader: Reader, indent: number, depth: number): unknown {
  if (depth > maximumDepth) throw bail;
  const line = reader.lines[reader.at] as string;
  if (indentOf(line) !== indent || line.startsWith('...')) throw bail;
  return isItem(line, indent)
    ? readSequence(reader, indent, depth)
    : readMapping(reader, indent, depth, {});
}

function isItem(line: string, indent: number): boolean {
  return line[indent] === '-' && (line.length === indent + 1 || line[indent + 1] === ' ');
}

function readSequence(reader: Reader, indent: number, depth: number): unknown[] {
  const items: unknown[] = [];
  while (skipBlank(reader)) {
    const line = reader.lines[reader.at] as string;
    if (indentOf(line) !== indent || !isItem(line, indent)) {
      if (indentOf(line) > indent) throw bail;
      break;
    }
    let start = indent + 1;
    while (line[start] === ' ') start++;
    if (start >= line.length || line[start] === '#') {
      reader.at++;
      items.push(readBelow(reader, indent, depth, false));
    } else if (isItem(line, start)) {
      throw bail;
    } else if (keyEnd(line, start) > 0) {
      items.push(readMapping(reader, start, depth + 1, {}, true));
    } else {
      items.push(readValue(reader, line, start, indent));
    }
  }
  return items;
}

function readMapping(
  reader: Reader,
  indent: number,
  depth: number,
  mapping: Record<string, unknown>,
  startsInItem = false,
): Record<string, unknown> {
  let inItem = startsInItem;
  while (inItem || skipBlank(reader)) {
    const line = reader.lines[reader.at] as string;
    if (!inItem) {
      const found = indentOf(line);
      if (found > indent) throw bail;
      if (found < indent || isItem(line, indent) || isSeparator(line)) break;
    }
    inItem = false;
    const end = keyEnd(line, indent);
    if (end < 0) throw bail;
    const key = readKey(line.slice(indent, end));
    if (key === '__proto__' || key === '<<' || Object.hasOwn(mapping, key)) throw bail;
    let start = end + 1;
    while (line[start] === ' ') start++;
    if (start >= line.length || line[start] === '#') {
      reader.at++;
      mapping[key] = readBelow(reader, indent, depth, true);
    } else {
      mapping[key] = readValue(reader, line, start, indent);
    }
  }
  return mapping;
}

/** The value that stands on the lines after its key or dash; null when there is none. */
function readBelow(reader: Reader, indent: number, depth: number, inMapping: boolean): unknown {
  if (!skipBlank(reader)) return null;
  const line = reader.lines[reader.at] as string;
  const found = indentOf(line);
  if (isSeparator(line)) return null;
  if (found > indent) return readNode(reader, found, depth + 1);
  return inMapping && found === indent && isItem(line, found)
    ? readSequence(reader, indent, depth + 1)
    : null;
}

/** Position of the colon that ends the key beginning at `start`; -1 when there is none. */
function keyEnd(line: string, start: number): number {
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

function readKey(text: string): string {
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

function readValue(reader: Reader, line: string, start: number, indent: number): unknown {
  const first = line[start] as string;
  if (first === '|') return readLiteral(reader, line.slice(start), indent);
  reader.at++;
  const value = line.slice(start).trimEnd();
  if (value === '{}') return {};
  if (value === '[]') return [];
  if (continues(reader, indent)) return readFolded(reader, value, indent);
  if (first === '"') return readDoubleQuoted(value);
  if (first === "'") return readSingleQuoted(value);
  if (notPlain.test(value)) throw bail;
  const comment = value.indexOf(' #');
  const plain = comment < 0 ? value : value.slice(0, comment).trimEnd();
  if (plain.includes(': ') || plain.endsWith(':')) throw bail;
  return resolveScalar(plain);
}

/** Whether the next text is indented deeper than its parent: a scalar of several lines. */
function continues({ lines, at }: Reader, indent: number): boolean {
  for (let next = at; next < lines.length; next++) {
    const line = lines[next] as string;
    const found = indentOf(line);
    if (found < line.length) return found > indent && line[found] !== '#';
  }
  return false;
}
