import type { FieldPath, Location } from '../model.ts';
import { openLocations, openYaml } from './open-yaml.ts';
import { offsetOf } from './yaml-tree.ts';

/** A field's place in a file. */
interface LocatedField {
  readonly location: Location;
  /** False when the field is not there and the place is its nearest parent's. */
  readonly found: boolean;
}

/** A YAML file that fields can be looked up in. */
export interface FieldLocator {
  /** @param document index among the file's documents that are not empty */
  locate(document: number, path: FieldPath): LocatedField;
}

/**
 * Opens a file for looking up fields. A scalar is located at its first character, a
 * collection at the key that holds it, and a field that is not there at its nearest parent.
 */
export function openLocator(text: string, file: string): FieldLocator {
  const known = opened.get(file);
  if (known?.text === text) return known.locator;
  const locator = parseLocator(text, file);
  opened.delete(file);
  opened.set(file, { text, locator });
  let size = 0;
  for (const one of opened.values()) size += one.text.length;
  for (const [oldest, one] of opened) {
    if (size <= keptCharacters || oldest === file) break;
    opened.delete(oldest);
    size -= one.text.length;
  }
  return locator;
}

/** The last files that were looked into: a file may have many findings, of rules far apart. */
const opened = new Map<string, { readonly text: string; readonly locator: FieldLocator }>();
const keptCharacters = 4_000_000;

function parseLocator(text: string, file: string): FieldLocator {
  const documents = openYaml(text);
  const locationAt = openLocations(text, file);
  return {
    locate(index, path) {
      const document = documents[index];
      if (!document) return { location: { file, line: 1, column: 1 }, found: false };
      const { offset, found } = offsetOf(document.root, path);
      return { location: locationAt(offset), found };
    },
  };
}
