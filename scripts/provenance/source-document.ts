import type { Document, LineCounter, Node } from 'yaml';
import { offsetOf } from '../kubernetes/locate-field.ts';
import { parseDocuments } from '../kubernetes/yaml.ts';
import { yamlLibrary } from '../kubernetes/yaml-library.ts';
import { documentValue } from '../kubernetes/yaml-nodes.ts';
import type { FieldPath, Location } from '../model.ts';
import { type SourceText, wholeText } from './source-text.ts';

/** A file whose documents are open for marks. */
export interface OpenFile {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
  readonly documents: readonly SourceDocument[];
}

/** What kind of source a document is; it decides how the fields of objects stand in it. */
export type DocumentKind = 'resource' | 'merge patch' | 'json patch' | 'kustomization' | 'data';

/** One document that a build reads: of a file, or inline in a kustomization. */
export interface SourceDocument {
  readonly file: string;
  readonly kind: DocumentKind;
  readonly value: unknown;
  /** Absent for files that are no YAML to kustomize. */
  readonly parsed?: Document;
  readonly text: SourceText;
  /** Its places are in another file, and its offsets in none. */
  readonly isElsewhere?: true;
  /** Where a field stands, or its nearest parent when it is not there. */
  placeOf(path: FieldPath): { readonly location: Location; readonly found: boolean };
  /** The place of an offset in the file. */
  locationAt(offset: number): Location;
}

/** Opens a YAML file. Documents without content are left out. */
export function openFile(
  file: string,
  text: string,
  kindOf: (value: unknown) => DocumentKind,
): OpenFile {
  const lines = new (yamlLibrary().LineCounter)();
  const whole = wholeText(file, text);
  const documents = parseDocuments(text, lines).filter(({ contents }) => contents !== null);
  return {
    file,
    text,
    lines,
    documents: documents.map((one) => toDocument(one, whole, lines, kindOf)),
  };
}

/** Opens what is written inline in a file, such as a patch. */
export function openInline(
  text: SourceText,
  { lines }: OpenFile,
  kindOf: (value: unknown) => DocumentKind,
): SourceDocument[] {
  const documents = parseInline(text.text);
  if (documents.some(({ errors }) => errors.length > 0)) return [];
  return documents
    .filter(({ contents }) => contents !== null)
    .map((one) => toDocument(one, text, lines, kindOf));
}

function parseInline(text: string): readonly Document[] {
  try {
    return parseDocuments(text, new (yamlLibrary().LineCounter)());
  } catch (error) {
    // The parser is recursive: only absurd nesting exhausts the stack.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** A file that kustomize takes as it is, line by line or whole. */
export function openData(file: string, text: string): SourceDocument {
  const lines = new (yamlLibrary().LineCounter)();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1);
  }
  const locationAt = (offset: number) => toLocation(file, lines, offset);
  return {
    file,
    kind: 'data',
    value: undefined,
    text: wholeText(file, text),
    placeOf: () => ({ location: locationAt(0), found: true }),
    locationAt,
  };
}

function toDocument(
  parsed: Document,
  text: SourceText,
  lines: LineCounter,
  kindOf: (value: unknown) => DocumentKind,
): SourceDocument {
  const { value } = documentValue(parsed);
  const locationAt = (offset: number) => toLocation(text.file, lines, offset);
  return {
    file: text.file,
    kind: kindOf(value),
    value,
    parsed,
    text,
    placeOf(path) {
      const { offset, found } = offsetOf(parsed, path);
      return { location: locationAt(text.startOf(offset)), found };
    },
    locationAt,
  };
}

function toLocation(file: string, lines: LineCounter, offset: number): Location {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The node that a document consists of. */
export function rootOf({ parsed }: SourceDocument): Node | null {
  return (parsed?.contents ?? null) as Node | null;
}
