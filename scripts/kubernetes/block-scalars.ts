import { bail, indentOf, placeScalar, type Reader, type Spot } from './block-lines.ts';

/** The text of a double-quoted scalar that stands on one line, quotes included in `value`. */
export function readDoubleQuoted(value: string): string {
  if (!/^"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"$/.test(value)) throw bail;
  return value.includes('\\') ? (JSON.parse(value) as string) : value.slice(1, -1);
}

/** The text of a single-quoted scalar that stands on one line, quotes included in `value`. */
export function readSingleQuoted(value: string): string {
  if (!/^'(?:[^']|'')*'$/.test(value)) throw bail;
  return value.slice(1, -1).replaceAll("''", "'");
}

/**
 * Reads a plain or single-quoted scalar that goes on below its first line, as long texts
 * do: a line end stands for a space, and each blank line for a line end.
 *
 * @param from where it begins
 * @param first what stands on the key's line
 * @param indent how far the scalar's parent is indented
 */
export function readFolded(reader: Reader, from: Spot, first: string, indent: number): string {
  const isQuoted = first.startsWith("'");
  if (isQuoted ? !openQuote.test(first) : !plainStart.test(first) || notInPlain.test(first)) {
    throw bail;
  }
  let text = isQuoted ? first.slice(1) : first;
  let blank = 0;
  let end: Spot = from;
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = (reader.lines[reader.at] as string).trimEnd();
    const found = indentOf(line);
    if (found === line.length) {
      blank++;
      continue;
    }
    const part = line.slice(found);
    if (found <= indent) break;
    if (!isQuoted && (notInPlain.test(part) || /^(?:#|[-?](?: |$))/.test(part))) throw bail;
    text += (blank > 0 ? '\n'.repeat(blank) : ' ') + part;
    blank = 0;
    end = [reader.at, line.length];
    if (isQuoted && !openPart.test(part)) {
      reader.at++;
      const value = readSingleQuoted(`'${text}`);
      placeScalar(reader, from, end, { style: 'single quoted', value, text: value });
      return value;
    }
  }
  if (isQuoted) throw bail;
  placeScalar(reader, from, end, { style: 'plain', value: text, text });
  return text;
}

const openQuote = /^'(?:[^']|'')+$/;
const openPart = /^(?:[^']|'')*$/;
const plainStart = /^[A-Za-z0-9_./(]/;
const notInPlain = /: | #|:$/;

/**
 * Reads a literal or folded block (`|`, `>-`, `|+`, ...) without an indentation indicator.
 *
 * @param from where the header begins
 * @param header what stands on the key's line from the bar on
 * @param indent how far the block's parent is indented
 */
export function readBlock(reader: Reader, from: Spot, header: string, indent: number): string {
  const [, style, chomping] = /^([|>])([-+]?)$/.exec(header.trimEnd()) ?? [];
  if (style === undefined) throw bail;
  reader.at++;
  const first = reader.at;
  const content = blockLines(reader, indent);
  let end = content.length;
  while (end > 0 && content[end - 1] === '') end--;
  if (end === 0) throw bail;
  const own = content.slice(0, end);
  const inner = style === '|' ? own.join('\n') : fold(own);
  const ending = chomping === '+' ? content.length - end + 1 : chomping === '-' ? 0 : 1;
  const text = inner + '\n'.repeat(ending);
  const last = first + (chomping === '+' ? content.length : end);
  const name = style === '|' ? 'literal' : 'folded';
  placeScalar(reader, from, [last, 0], { style: name, value: text, text });
  return text;
}

/** A line end stands for a space, and each blank line for a line end. */
function fold(lines: readonly string[]): string {
  // What is indented deeper keeps its line ends, by rules of their own.
  if (lines[0] === '' || lines.some((line) => line.startsWith(' '))) throw bail;
  let text = '';
  let blank = 0;
  for (const line of lines) {
    if (line === '') {
      blank++;
    } else {
      text += (text === '' ? '' : blank > 0 ? '\n'.repeat(blank) : ' ') + line;
      blank = 0;
    }
  }
  return text;
}

/** The lines of the block without their indentation, blank ones at its end included. */
function blockLines(reader: Reader, indent: number): string[] {
  const { lines } = reader;
  const content: string[] = [];
  let width = -1;
  for (; reader.at < lines.length; reader.at++) {
    const line = lines[reader.at] as string;
    const found = indentOf(line);
    if (found === line.length) {
      // Blank lines deeper than the text have subtle rules and are rare.
      if (found > Math.max(width, 0)) throw bail;
      content.push('');
      continue;
    }
    if (width < 0 && found > indent) width = found;
    if (width < 0 || found < width) return content;
    content.push(line.slice(width));
  }
  // A file that ends without a line end leaves the block without one, too.
  if (content.pop() !== '') throw bail;
  return content;
}
