import type { YamlNode } from './yaml-tree.ts';

/** A text in a file: the whole of it, or what a scalar of it holds, such as an inline patch. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Where in the file a character of the text stands. */
  readonly startOf: (offset: number) => number;
  /** Where in the file the characters before an offset end. */
  readonly endOf: (offset: number) => number;
  /** How a quotation mark is written in it. */
  readonly quote: string;
}

/** A file as its own text. */
export function wholeText(file: string, text: string): SourceText {
  return { file, text, startOf: (offset) => offset, endOf: (offset) => offset, quote: '"' };
}

/**
 * What a scalar of a file holds, character by character in place; undefined where that
 * cannot be said, as in folded text, or where there is no scalar.
 */
export function textOf(outer: SourceText, node: YamlNode | undefined): SourceText | undefined {
  if (node?.is !== 'scalar') return undefined;
  const { start, end, text: value, style } = node;
  const raw = outer.text.slice(start, end);
  const places = style === 'literal' ? literalPlaces(raw, value) : flowPlaces(raw, value);
  if (!places) return undefined;
  const at = (offset: number) => start + (places[offset] ?? raw.length);
  return {
    file: outer.file,
    text: value,
    startOf: (offset) => outer.startOf(at(offset)),
    // The next line begins after its indentation, but this one ends at its line break.
    endOf: (offset) =>
      value[offset - 1] === '\n' ? outer.startOf(at(offset - 1)) + 1 : outer.startOf(at(offset)),
    quote: style === 'double quoted' ? '\\"' : '"',
  };
}

function literalPlaces(raw: string, value: string): number[] | undefined {
  const rawLines = raw.split('\n');
  const places: number[] = [];
  let offset = (rawLines[0]?.length ?? 0) + 1;
  for (const [index, line] of value.split('\n').entries()) {
    const rawLine = rawLines[index + 1] ?? '';
    if (!rawLine.endsWith(line)) return undefined;
    const start = offset + rawLine.length - line.length;
    for (let at = 0; at <= line.length; at++) places.push(start + at);
    offset += rawLine.length + 1;
  }
  return places;
}

function flowPlaces(raw: string, value: string): number[] | undefined {
  const quote = raw[0] === '"' || raw[0] === "'" ? raw[0] : '';
  const places: number[] = [];
  let at = quote.length;
  for (const character of value.split('')) {
    places.push(at);
    const width = widthOf(raw, at, character, quote);
    if (width === undefined) return undefined;
    at += width;
  }
  places.push(at);
  return at === raw.length - quote.length ? places : undefined;
}

/** How many characters stand for this one; undefined when something else stands there. */
function widthOf(raw: string, at: number, wanted: string, quote: string): number | undefined {
  if (quote === "'" && wanted === "'") return raw.startsWith("''", at) ? 2 : undefined;
  if (quote !== '"' || raw[at] !== '\\') return raw[at] === wanted ? 1 : undefined;
  const escaped = wanted === '\n' ? 'n' : wanted === '\t' ? 't' : wanted;
  return raw[at + 1] === escaped ? 2 : undefined;
}
