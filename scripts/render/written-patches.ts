import { textAt } from '../kubernetes/fields.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import { type OpenDocument, openLocations, openYaml } from '../kubernetes/open-yaml.ts';
import { patchEntriesOf } from '../kubernetes/patch-entries.ts';
import { textOf, wholeText } from '../kubernetes/source-text.ts';
import { nodeAt, offsetOf } from '../kubernetes/yaml-tree.ts';
import type { FieldPath, Location, SourceFile } from '../model.ts';

/** A patch that a kustomization lists, in a file of its own or inline. */
export interface WrittenPatch {
  readonly text: string;
  /** The file that it is, as the kustomization names it; absent when it is inline. */
  readonly path?: string;
  /** Where the kustomization lists it. */
  readonly entry: Location;
  /** Where a character of its text stands; of folded text only its beginning is known. */
  readonly at: (offset: number) => Location;
}

/** The patches of a kustomization; files that are not there are left out. */
export function patchesOf(
  { path, text, documents: [document] }: SourceFile,
  sources: readonly SourceFile[],
): WrittenPatch[] {
  const whole = wholeText(path, text);
  const root = opened(text)[0]?.root;
  const locationAt = openLocations(text, path);
  return patchEntriesOf(path, document).flatMap(({ path: place, inline, file }): WrittenPatch[] => {
    if (inline) {
      const written = textAt(document, inline) ?? '';
      const entry = openLocator(text, path).locate(0, inline).location;
      const inner = root && textOf(whole, nodeAt(root, inline));
      const at = (offset: number) => (inner ? locationAt(inner.startOf(offset)) : entry);
      return [{ text: written, entry, at }];
    }
    const source = sources.find((one) => one.path === file);
    if (!source) return [];
    // An entry of a list of files is the name itself.
    const named = textAt(document, [...place, 'path']) === undefined ? place : [...place, 'path'];
    const entry = openLocator(text, path).locate(0, named).location;
    const at = openLocations(source.text, source.path);
    return [{ text: source.text, path: textAt(document, named) ?? source.path, entry, at }];
  });
}

/** A document of a patch, and where its fields stand. */
export interface PatchDocument {
  readonly value: unknown;
  readonly at: (path: FieldPath) => Location;
}

/** What a patch consists of: an object or more, or a list of operations. */
export function documentsOf({ text, at }: WrittenPatch): PatchDocument[] {
  return opened(text).map(({ root, value }) => ({
    value,
    at: (path) => at(offsetOf(root, path).offset),
  }));
}

function opened(text: string): readonly OpenDocument[] {
  try {
    return openYaml(text);
  } catch (error) {
    // The parser is recursive: only absurd nesting exhausts the stack.
    if (error instanceof RangeError) return [];
    throw error;
  }
}
