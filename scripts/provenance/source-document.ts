import {
  type OpenDocument,
  openLocations,
  openYaml,
  type ToLocation,
} from '../kubernetes/open-yaml.ts';
import { type SourceText, wholeText } from '../kubernetes/source-text.ts';
import { offsetOf, type YamlNode } from '../kubernetes/yaml-tree.ts';
import type { FieldPath, Location } from '../model.ts';

/** A file whose documents are open for marks. */
export interface OpenFile {
  readonly file: string;
  readonly text: string;
  readonly locationAt: ToLocation;
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
  readonly root?: YamlNode;
  readonly text: SourceText;
  /** Its places are in another file, and its offsets in none. */
  readonly isElsewhere?: true;
  /** Where a field stands, or its nearest parent when it is not there. */
  placeOf(path: FieldPath): { readonly location: Location; readonly found: boolean };
  /** The place of an offset in the file. */
  locationAt(offset: number): Location;
}

/**
 * Opens a YAML file. Documents without content are left out.
 *
 * @returns undefined for a file that is no YAML throughout
 */
export function openFile(
  file: string,
  text: string,
  kindOf: (value: unknown) => DocumentKind,
): OpenFile | undefined {
  const documents = openTextOf(text);
  if (!documents) return undefined;
  const locationAt = openLocations(text, file);
  const whole = wholeText(file, text);
  return {
    file,
    text,
    locationAt,
    documents: documents.map((one) => toDocument(one, whole, locationAt, kindOf)),
  };
}

/** Opens what is written inline in a file, such as a patch. */
export function openInline(
  text: SourceText,
  { locationAt }: OpenFile,
  kindOf: (value: unknown) => DocumentKind,
): SourceDocument[] {
  return (openTextOf(text.text) ?? []).map((one) => toDocument(one, text, locationAt, kindOf));
}

function openTextOf(text: string): readonly OpenDocument[] | undefined {
  try {
    const documents = openYaml(text);
    return documents.some(({ isBroken }) => isBroken) ? undefined : documents;
  } catch (error) {
    // The parser is recursive: only absurd nesting exhausts the stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A file that kustomize takes as it is, line by line or whole. */
export function openData(file: string, text: string): SourceDocument {
  const locationAt = openLocations(text, file);
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
  { root, value }: OpenDocument,
  text: SourceText,
  locationAt: ToLocation,
  kindOf: (value: unknown) => DocumentKind,
): SourceDocument {
  return {
    file: text.file,
    kind: kindOf(value),
    value,
    root,
    text,
    placeOf(path) {
      const { offset, found } = offsetOf(root, path);
      return { location: locationAt(text.startOf(offset)), found };
    },
    locationAt,
  };
}
