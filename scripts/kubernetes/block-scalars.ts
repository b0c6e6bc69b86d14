import { bail, indentOf, type Reader } from './block-lines.ts';

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
 * @param first what stands on the key's line
 * @param indent how far the scalar's parent is indented
 */
export function readFolded(reader: Reader, first: string, indent: number): string {
  const isQuoted = first.startsWith("'");
  if (isQuoted ? !openQuote.test(first) : !plainStart.test(first) || notInPlain.test(first)) {
    throw bail;
  }
  let text = isQuoted ? first.slice(1) : first;
  let blank = 0;
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
    if (isQuoted && !openPart.test(part)) {
      reader.at++;
      return readSingleQuoted(`'${text}`);
    }
  }
  if (isQuoted) throw bail;
  return text;
}

const openQuote = /^'(?:[^']|'')+$/;
const openPart = /^(?:[^']|'')*$/;
const plainStart = /^[A-Za-z0-9_./(]/;
const notInPlain = /: | #|:$/;

/**
 * Reads a literal block (`|`, `|-`, `|+`) without an indentation indicator.
 *
 * @param header what stands on the key's line from the bar on
 * @param indent how far the block's parent is indented
 */
export function readLiteral(reader: Reader, header: string, indent: number): string {
  const chomping = /^\|([-+]?)$/.exec(header.trimEnd())?.[1];
  if (chomping === undefined) throw bail;
  reader.at++;
  const content = literalLines(reader, indent);
  let end = content.length;
  while (end > 0 && content[end - 1] === '') end--;
  if (end === 0) throw bail;
  const text = content.slice(0, end).join('\n');
  if (chomping === '-') return text;
  return chomping === '' ? `${text}\n` : text + '\n'.repeat(content.length - end + 1);
}

/** The lines of the block without their indentation, blank ones at its end included. */
function literalLines(reader: Reader, indent: number): string[] {
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
