import type { Location } from '../model.ts';
import { readPlacedBlocks } from './block-reader.ts';
import { libraryTree } from './library-tree.ts';
import { parseDocuments, piecesOf } from './yaml.ts';
import { yamlLibrary } from './yaml-library.ts';
import { documentValue } from './yaml-nodes.ts';
import type { YamlNode } from './yaml-tree.ts';

/** A document with the place of each of its values. */
export interface OpenDocument {
  readonly root: YamlNode;
  /** As Kubernetes reads it. */
  readonly value: unknown;
  readonly isBroken: boolean;
}

/**
 * Opens YAML for looking up where its values stand. Documents without a value are left
 * out, so that they count as `readYaml` counts them.
 *
 * @throws RangeError where absurd nesting exhausts the stack of the full parser
 */
export function openYaml(text: string): OpenDocument[] {
  return [...piecesOf(text)].flatMap(({ piece, start }) => openPiece(piece, start));
}

function openPiece(text: string, base: number): OpenDocument[] {
  const fast = readPlacedBlocks(text, base);
  if (fast) return fast.map((document) => ({ ...document, isBroken: false }));
  const parsed = parseDocuments(text, new (yamlLibrary().LineCounter)());
  return parsed.flatMap((document): OpenDocument[] => {
    const { value } = documentValue(document);
    const root = libraryTree(document, base);
    const isBroken = document.errors.length > 0;
    return value === null && !isBroken ? [] : [{ root, value, isBroken }];
  });
}

/** Tells the line and column of an offset. */
export type ToLocation = (offset: number) => Location;

/** @param file path that the locations name */
export function openLocations(text: string, file: string): ToLocation {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return { file, line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}
