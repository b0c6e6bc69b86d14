import type { Document, LineCounter } from 'yaml';
import type { SyntaxProblem } from '../model.ts';
import { readBlocks } from './block-reader.ts';
import { yamlLibrary } from './yaml-library.ts';
import { documentValue } from './yaml-nodes.ts';

/** Files above this are not read: no manifest of a working cluster is that large. */
export const maximumBytes: number = 10 * 1024 * 1024;

/** The documents of a file, or why there are none. */
export interface ReadYaml {
  readonly documents: readonly unknown[];
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads YAML (or JSON) as Kubernetes does. Empty documents are left out. Bounded:
 * an oversized file, exploding aliases or hopeless nesting is a problem, not a crash.
 *
 * @param file path that the problems name
 */
export function readYaml(text: string, file: string): ReadYaml {
  const documents: unknown[] = [];
  const problems: SyntaxProblem[] = [];
  // Counted only as far as some document needs it.
  let lines = 0;
  let counted = 0;
  for (const { piece, start } of piecesOf(text)) {
    const fast = readBlocks(piece);
    if (fast) {
      for (const document of fast) documents.push(document);
      continue;
    }
    lines += linesBetween(text, counted, start);
    counted = start;
    const read = readFully(piece, file, lines);
    documents.push(...read.documents);
    problems.push(...read.problems);
  }
  return problems.length > 0 ? { documents: [], problems } : { documents, problems };
}

/**
 * The documents of a stream as texts, so that one odd document does not make the full
 * parser read all of them. A line that begins with `---` always separates.
 */
export function* piecesOf(text: string): Generator<{ piece: string; start: number }> {
  // Directives and end markers belong to the document before or after them.
  if (!text.includes('\n---') || /^(?:%|\.\.\.)/m.test(text))
    return yield { piece: text, start: 0 };
  let start = 0;
  for (const { index } of text.matchAll(/\n---(?=\s|$)/g)) {
    yield { piece: text.slice(start, index + 1), start };
    start = index + 1;
  }
  yield { piece: text.slice(start), start };
}

function linesBetween(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    lines++;
  }
  return lines;
}

/** @param before lines of the file before this text */
function readFully(text: string, file: string, before: number): ReadYaml {
  const lines = new (yamlLibrary().LineCounter)();
  const problems: SyntaxProblem[] = [];
  const report = (message: string, offset: number) => {
    const { line, col } = lines.linePos(offset);
    problems.push({
      message,
      location: { file, line: before + Math.max(line, 1), column: Math.max(col, 1) },
    });
  };
  try {
    const documents = parseDocuments(text, lines).flatMap((document) => {
      for (const { message, pos } of document.errors) report(plainMessage(message), pos[0]);
      if (document.errors.length > 0) return [];
      const { value, faults } = documentValue(document);
      for (const { message, offset } of faults) report(message, offset);
      return value === null ? [] : [value];
    });
    return problems.length > 0 ? { documents: [], problems } : { documents, problems };
  } catch (error) {
    // The parser is recursive: only absurd nesting exhausts the stack.
    if (!(error instanceof RangeError)) throw error;
    report('is nested too deeply', 0);
    return { documents: [], problems };
  }
}

/** Documents with positions, scalars unresolved; for locating fields and for `readYaml`. */
export function parseDocuments(text: string, lineCounter: LineCounter): readonly Document[] {
  const parsed = yamlLibrary().parseAllDocuments(text, {
    schema: 'failsafe',
    // A pretty error quotes the line, and the line may hold a secret.
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'silent',
    lineCounter,
  });
  return Array.isArray(parsed) ? parsed : [];
}

/** Parser messages may end with a piece of the text, which may be a secret. */
function plainMessage(message: string): string {
  const [first = ''] = message.split('\n');
  const unquoted = first.replace(/: .*$/, '').trim();
  return `${unquoted.charAt(0).toLowerCase()}${unquoted.slice(1)}`;
}
