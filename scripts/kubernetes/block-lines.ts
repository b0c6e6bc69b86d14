import type { ScalarStyle, YamlNode } from './yaml-tree.ts';

/** The lines of a block YAML stream and how far they have been read. */
export interface Reader {
  readonly lines: readonly string[];
  at: number;
  /** Where the lines begin; absent where nobody asks for places. */
  readonly starts?: readonly number[];
  /** The value that was read last, with its place. */
  node?: YamlNode;
}

/** Thrown where the text leaves the subset that the block reader knows. */
export const bail: symbol = Symbol('not in the subset');

/** How many spaces a line begins with. */
export function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent++;
  return indent;
}

/** Moves to the next line with content; false at the end. */
export function skipBlank(reader: Reader): boolean {
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at] as string;
    const start = indentOf(line);
    if (start < line.length && line[start] !== '#') return true;
  }
  return false;
}

/** Whether a line begins the next document. */
export function isSeparator(line: string): boolean {
  return line === '---' || (line.startsWith('---') && line.trimEnd() === '---');
}

/** Whether an item of a sequence begins there. */
export function isItem(line: string, indent: number): boolean {
  return line[indent] === '-' && (line.length === indent + 1 || line[indent + 1] === ' ');
}

/** A line and a column of it, both from 0. */
export type Spot = readonly [line: number, column: number];

/** The offset of a spot in the text. */
export function offsetAt({ starts = [] }: Reader, [line, column]: Spot): number {
  return (starts[line] ?? 0) + column;
}

/** Keeps where a scalar stands. */
export function placeScalar(
  reader: Reader,
  from: Spot,
  to: Spot,
  scalar: { readonly style: ScalarStyle; readonly value: unknown; readonly text: string },
): void {
  if (!reader.starts) return;
  const [start, end] = [offsetAt(reader, from), offsetAt(reader, to)];
  reader.node = { is: 'scalar', start, end, ...scalar };
}

/**
 * A text as a reader.
 *
 * @param base where the text begins in its file; places are only kept when it is told
 */
export function openLines(text: string, base?: number): Reader {
  const lines = text.split('\n');
  if (base === undefined) return { lines, at: 0 };
  let offset = base;
  const starts = lines.map(({ length }) => {
    const start = offset;
    offset += length + 1;
    return start;
  });
  return { lines, at: 0, starts };
}
