import {
  bail,
  indentOf,
  isItem,
  isSeparator,
  offsetAt,
  openLines,
  placeScalar,
  type Reader,
  type Spot,
  skipBlank,
} from './block-lines.ts';
import { keyEnd, readKey, readValue } from './block-values.ts';
import type { YamlEntry, YamlNode } from './yaml-tree.ts';

/**
 * Reads block YAML, as kustomize and most people write it, ten times as fast as a full
 * parser. Anything beyond that subset (flow collections of several lines, anchors, tags,
 * odd indentation, duplicate keys) answers `undefined`: the full parser then decides. It
 * never guesses.
 *
 * @returns the documents of the stream, empty ones left out.
 */
export function readBlocks(text: string): unknown[] | undefined {
  return readStream(text)?.map(({ value }) => value);
}

/**
 * The same with the place of every value.
 *
 * @param base where the text begins in its file
 */
export function readPlacedBlocks(
  text: string,
  base: number,
): Required<BlockDocument>[] | undefined {
  return readStream(text, base) as Required<BlockDocument>[] | undefined;
}

interface BlockDocument {
  readonly value: unknown;
  readonly root?: YamlNode;
}

function readStream(text: string, base?: number): BlockDocument[] | undefined {
  if (text.includes('\t') || text.includes('\r') || text.charCodeAt(0) === 0xfeff) return undefined;
  const reader = openLines(text, base);
  try {
    const documents: BlockDocument[] = [];
    while (skipBlank(reader)) {
      if (isSeparator(reader.lines[reader.at] as string)) {
        reader.at++;
        continue;
      }
      const value = readNode(reader, 0, 0);
      documents.push({ value, ...(reader.node && { root: reader.node }) });
      if (skipBlank(reader) && !isSeparator(reader.lines[reader.at] as string)) throw bail;
    }
    return documents;
  } catch (error) {
    if (error === bail) return undefined;
    throw error;
  }
}

const maximumDepth = 100;

/** Reads the collection whose first entry stands at the reader's line, indented by `indent`. */
function readNode(reader: Reader, indent: number, depth: number): unknown {
  if (depth > maximumDepth) throw bail;
  const line = reader.lines[reader.at] as string;
  if (indentOf(line) !== indent || line.startsWith('...')) throw bail;
  return isItem(line, indent)
    ? readSequence(reader, indent, depth)
    : readMapping(reader, indent, depth);
}

function readSequence(reader: Reader, indent: number, depth: number): unknown[] {
  const from: Spot = [reader.at, indent];
  const values: unknown[] = [];
  const items: YamlNode[] | undefined = reader.starts && [];
  while (skipBlank(reader)) {
    const line = reader.lines[reader.at] as string;
    if (indentOf(line) !== indent || !isItem(line, indent)) {
      if (indentOf(line) > indent) throw bail;
      break;
    }
    let start = indent + 1;
    while (line[start] === ' ') start++;
    if (start >= line.length || line[start] === '#') {
      const behind: Spot = [reader.at, indent + 1];
      reader.at++;
      values.push(readBelow(reader, indent, depth, behind, false));
    } else if (isItem(line, start)) {
      throw bail;
    } else if (line[start] !== '{' && line[start] !== '[' && keyEnd(line, start) > 0) {
      values.push(readMapping(reader, start, depth + 1, true));
    } else {
      values.push(readValue(reader, start, indent, depth));
    }
    if (reader.node) items?.push(reader.node);
  }
  if (items) {
    const [start, end] = [offsetAt(reader, from), items.at(-1)?.end ?? 0];
    reader.node = { is: 'list', start, end, items, isFlow: false };
  }
  return values;
}

function readMapping(
  reader: Reader,
  indent: number,
  depth: number,
  startsInItem = false,
): Record<string, unknown> {
  const from: Spot = [reader.at, indent];
  const mapping: Record<string, unknown> = {};
  const entries: YamlEntry[] | undefined = reader.starts && [];
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
    const keyStart = entries ? offsetAt(reader, [reader.at, indent]) : 0;
    let start = end + 1;
    while (line[start] === ' ') start++;
    if (start >= line.length || line[start] === '#') {
      const behind: Spot = [reader.at, end + 1];
      reader.at++;
      mapping[key] = readBelow(reader, indent, depth, behind, true);
    } else {
      mapping[key] = readValue(reader, start, indent, depth);
    }
    if (reader.node) entries?.push({ key, keyStart, value: reader.node });
  }
  if (entries) {
    const [start, end] = [offsetAt(reader, from), entries.at(-1)?.value.end ?? 0];
    reader.node = { is: 'map', start, end, entries, isFlow: false };
  }
  return mapping;
}

/**
 * The value that stands on the lines after its key or dash; null when there is none.
 *
 * @param behind where the key or dash ends
 */
function readBelow(
  reader: Reader,
  indent: number,
  depth: number,
  behind: Spot,
  inMapping: boolean,
): unknown {
  if (skipBlank(reader)) {
    const line = reader.lines[reader.at] as string;
    const found = indentOf(line);
    if (!isSeparator(line)) {
      if (found > indent) return readNode(reader, found, depth + 1);
      if (inMapping && found === indent && isItem(line, found)) {
        return readSequence(reader, indent, depth + 1);
      }
    }
  }
  placeScalar(reader, behind, behind, { style: 'plain', value: null, text: '' });
  return null;
}
