import type { FieldPath, Location } from '../model.ts';

/** How far the path of a JSON 6902 operation may stand from its value. */
const near = 4;
/** Where a longer line is searched no reader looks. */
const longest = 1000;

/**
 * The place of a key, where a message blames the key and not its value: provenance tells where
 * values stand. In an operation of a JSON 6902 patch the key is the last step of its `path`.
 *
 * @param lines of the file
 * @param path to the field, where the problem has one
 */
export function atBlamedKey(
  location: Location,
  message: string,
  lines: readonly string[],
  path: FieldPath = [],
): Location {
  const line = lines[location.line - 1] ?? '';
  if (!message.includes('"') || line.length > longest) return location;
  const written = keyBefore(line, location.column);
  if (!written) return location;
  if (isBlamed(written.key, valueFrom(line, location.column), message)) {
    return { ...location, column: written.column };
  }
  const step = path.at(-1);
  const isOperation = written.key === 'value' && typeof step === 'string';
  if (!isOperation || !isBlamed(step, valueFrom(line, location.column), message)) return location;
  return pathOfOperation(location, lines, step) ?? location;
}

/** What a message quotes as unknown is a key, whatever the value is. */
function isBlamed(key: string, value: string, message: string): boolean {
  if (message.startsWith(`unknown field "${key.slice(0, 60)}"`)) return true;
  return message.includes(`"${key}"`) && !message.includes(`"${value}"`);
}

interface WrittenKey {
  readonly key: string;
  readonly column: number;
}

/** The key whose value begins at a column of the line. */
function keyBefore(line: string, column: number): WrittenKey | undefined {
  const before = line.slice(0, column - 1);
  const found = /("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,{}[\]"']+)\s*:\s*$/.exec(before);
  return found?.[1] ? { key: unquoted(found[1]), column: found.index + 1 } : undefined;
}

/** A scalar as far as this line has it. */
function valueFrom(line: string, column: number): string {
  const rest = line.slice(column - 1);
  const quoted = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(rest)?.[0];
  return quoted ? unquoted(quoted) : (/^[^,}\]]*?(?=\s*(?:[,}\]]|\s#|$))/.exec(rest)?.[0] ?? '');
}

function unquoted(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    // YAML has escapes that JSON has not.
    return text.slice(1, -1);
  }
}

/** The `path` beside an operation's `value`, when it ends with the step. */
function pathOfOperation(
  { file, line, column }: Location,
  lines: readonly string[],
  step: string,
): Location | undefined {
  const own = (lines[line - 1] ?? '').slice(0, column - 1);
  const isFlow = own.includes('{');
  for (const at of isFlow ? [line] : linesBeside(lines, line)) {
    const found = pathIn(lines[at - 1] ?? '', isFlow ? own : '', step);
    if (found !== undefined) return { file, line: at, column: found };
  }
  return undefined;
}

/** The lines of the other keys of an item, as far as they are near. */
function* linesBeside(lines: readonly string[], line: number): Generator<number> {
  const indentOf = (at: number) => /^(?:\s|- )*/.exec(lines[at - 1] ?? '')?.[0].length ?? 0;
  const indent = indentOf(line);
  const isFirst = (at: number) => indentOf(at) === indent && /^\s*- /.test(lines[at - 1] ?? '');
  for (let at = line; at > Math.max(1, line - near) && !isFirst(at); at -= 1) {
    if (indentOf(at - 1) < indent) break;
    if (indentOf(at - 1) === indent) yield at - 1;
  }
  for (let at = line + 1; at <= line + near && !isFirst(at); at += 1) {
    if (indentOf(at) < indent) break;
    if (indentOf(at) === indent) yield at;
  }
}

/** @param own what stands before the value in its line, where the operation is in one line */
function pathIn(line: string, own: string, step: string): number | undefined {
  const from = own.lastIndexOf('{') + 1;
  const end = own === '' ? line.length : line.indexOf('}', own.length);
  const text = line.slice(from, end < 0 ? line.length : end);
  const found = /(?:^|[\s,{"'-])path["']?\s*:\s*(?=(["']?)(\/[^\s"',]*))/.exec(text);
  const last = found?.[2]?.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~');
  return found && last === step ? from + found.index + found[0].length + 1 : undefined;
}
