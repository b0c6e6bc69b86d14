import { posix } from 'node:path';
import { isRecord, listAt, textAt } from '../kubernetes/fields.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import { type OpenDocument, openLocations, openYaml } from '../kubernetes/open-yaml.ts';
import { nodeAt, offsetOf } from '../kubernetes/yaml-tree.ts';
import type { FieldPath, Location, SourceFile } from '../model.ts';

/** A patch that a kustomization lists, in a file of its own or inline. */
export interface WrittenPatch {
  readonly text: string;
  /** The file that it is, as the kustomization names it; absent when it is inline. */
  readonly path?: string;
  /** Where the kustomization lists it. */
  readonly entry: Location;
  /** Where a place of its text stands. */
  readonly at: (line: number, column: number) => Location;
}

/** The patches of a kustomization in its order; files that are not there are left out. */
export function patchesOf(
  kustomization: SourceFile,
  sources: readonly SourceFile[],
): WrittenPatch[] {
  const document = kustomization.documents[0];
  const folder = posix.dirname(kustomization.path);
  return placesOf(document).flatMap((place): WrittenPatch[] => {
    const written = textAt(document, place) ?? '';
    const { text, path: file } = kustomization;
    const entry = openLocator(text, file).locate(0, place).location;
    const isInline = place.at(-1) === 'patch' || written.includes('\n');
    if (isInline) {
      return [{ text: written, entry, at: placesInside(kustomization, place, entry) }];
    }
    const source = sources.find(({ path }) => path === posix.join(folder, written));
    if (!source) return [];
    const at = (line: number, column: number) => ({ file: source.path, line, column });
    return [{ text: source.text, path: written, entry, at }];
  });
}

/** A document of a patch, and where its fields stand. */
export interface PatchDocument {
  readonly value: unknown;
  readonly at: (path: FieldPath) => Location;
}

/** What a patch consists of: an object or more, or a list of operations. */
export function documentsOf({ text, at }: WrittenPatch): PatchDocument[] {
  const locationAt = openLocations(text, '');
  return opened(text).map(({ root, value }) => ({
    value,
    at: (path) => {
      const { line, column } = locationAt(offsetOf(root, path).offset);
      return at(line, column);
    },
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

/** Where a kustomization names or holds patches. */
function placesOf(document: unknown): FieldPath[] {
  const texts = listAt(document, ['patchesStrategicMerge']).flatMap((value, index) =>
    typeof value === 'string' ? [['patchesStrategicMerge', index]] : [],
  );
  const entries = ['patches', 'patchesJson6902'].flatMap((field) =>
    listAt(document, [field]).flatMap((value, index) => {
      if (!isRecord(value)) return [];
      const key = ['path', 'patch'].find((name) => typeof value[name] === 'string');
      return key === undefined ? [] : [[field, index, key]];
    }),
  );
  return [...entries, ...texts];
}

/** Only literal text stands line by line in its file; of any other its beginning is told. */
function placesInside(
  { text, path: file }: SourceFile,
  place: FieldPath,
  entry: Location,
): WrittenPatch['at'] {
  const root = opened(text)[0]?.root;
  const node = root && nodeAt(root, place);
  if (node?.is !== 'scalar' || node.style !== 'literal') return () => entry;
  const lines = text.split('\n');
  const inside = node.text.split('\n');
  return (line, column) => {
    const whole = (lines[entry.line + line - 1] ?? '').trimEnd();
    const indent = whole.length - (inside[line - 1] ?? '').trimEnd().length;
    return { file, line: entry.line + line, column: Math.max(indent, 0) + column };
  };
}
