import type { Document, Node, Pair } from 'yaml';
import type { FieldPath, Location } from '../model.ts';
import { parseDocuments } from './yaml.ts';
import { isAlias, isMap, isSeq, yamlLibrary } from './yaml-library.ts';
import { keyOf } from './yaml-nodes.ts';

/** A field's place in a file. */
interface LocatedField {
  readonly location: Location;
  /** False when the field is not there and the place is its nearest parent's. */
  readonly found: boolean;
}

/** A YAML file that fields can be looked up in. */
export interface FieldLocator {
  /** @param document index among the file's documents that are not empty */
  locate(document: number, path: FieldPath): LocatedField;
}

/**
 * Opens a file for looking up fields. A scalar is located at its first character, a
 * collection at the key that holds it, and a field that is not there at its nearest parent.
 */
export function openLocator(text: string, file: string): FieldLocator {
  const known = opened.get(file);
  if (known?.text === text) return known.locator;
  const locator = parseLocator(text, file);
  opened.delete(file);
  opened.set(file, { text, locator });
  let size = 0;
  for (const one of opened.values()) size += one.text.length;
  for (const [oldest, one] of opened) {
    if (size <= keptCharacters || oldest === file) break;
    opened.delete(oldest);
    size -= one.text.length;
  }
  return locator;
}

/** The last files that were looked into: a file may have many findings, of rules far apart. */
const opened = new Map<string, { readonly text: string; readonly locator: FieldLocator }>();
const keptCharacters = 4_000_000;

function parseLocator(text: string, file: string): FieldLocator {
  const lines = new (yamlLibrary().LineCounter)();
  const documents = parseDocuments(text, lines).filter(({ contents }) => contents !== null);
  const toLocation = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return {
    locate(index, path) {
      const document = documents[index];
      if (!document) return { location: { file, line: 1, column: 1 }, found: false };
      const { offset, found } = offsetOf(document, path);
      return { location: toLocation(offset), found };
    },
  };
}

/** Where a field begins in its text, or its nearest parent when it is not there. */
export function offsetOf(
  document: Document,
  path: FieldPath,
): { readonly offset: number; readonly found: boolean } {
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const step of path) {
    const next = childOf(isAlias(node) ? node.resolve(document) : node, step);
    if (!next) return { offset, found: false };
    node = next.value;
    offset = next.offset;
  }
  return { offset, found: true };
}

function childOf(node: unknown, step: string | number) {
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step] as Node | undefined;
    return item && { value: item, offset: item.range?.[0] ?? 0 };
  }
  if (!isMap(node)) return undefined;
  const pairs = node.items as Pair<Node, Node | null>[];
  const pair = pairs.find(({ key }) => keyOf(key) === String(step));
  if (!pair) return undefined;
  const { key, value } = pair;
  const isBlock = (isMap(value) || isSeq(value)) && !value.flow;
  const at = isBlock || !value?.range ? key : value;
  return { value, offset: at.range?.[0] ?? 0 };
}
