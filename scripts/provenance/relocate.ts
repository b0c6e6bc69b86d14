import { writtenPlace } from '../kubernetes/changed-kustomization.ts';
import { type FieldLocator, openLocator } from '../kubernetes/locate-field.ts';
import { textOf } from '../kubernetes/source-text.ts';
import { readYaml } from '../kubernetes/yaml.ts';
import { nodeAt } from '../kubernetes/yaml-tree.ts';
import type { ChangedKustomization, FieldPath, Location, SourceFile } from '../model.ts';
import {
  type DocumentKind,
  type OpenFile,
  openFile,
  openInline,
  type SourceDocument,
} from './source-document.ts';

/** Where the parts of a kustomization that an engine has changed are written. */
export interface Relocation {
  readonly file: string;
  place(path: FieldPath): { readonly location: Location; readonly found: boolean };
  /** The documents of an inline patch, as they stand where it is written. */
  inline(path: FieldPath, kindOf: (value: unknown) => DocumentKind): readonly SourceDocument[];
}

/** @param sources the files as they are written */
export function relocationFor(
  changed: ChangedKustomization,
  sources: ReadonlyMap<string, SourceFile>,
): Relocation {
  const locators = new Map<string, FieldLocator>();
  const textIn = (file: string) => sources.get(file)?.text ?? '';
  return {
    file: changed.file,
    place(path) {
      const place = writtenPlace(changed, path);
      const locator = locators.get(place.file) ?? openLocator(textIn(place.file), place.file);
      locators.set(place.file, locator);
      return locator.locate(place.document, place.path);
    },
    inline(path, kindOf) {
      const place = writtenPlace(changed, path);
      const opened = openFile(place.file, textIn(place.file), () => 'resource');
      const document = opened?.documents[place.document];
      if (!opened || !document?.root) return [];
      const text = textOf(document.text, nodeAt(document.root, place.path));
      return text ? openInline(text, opened, kindOf) : [];
    },
  };
}

/** A file whose documents tell their places where those are written. */
export function relocated(opened: OpenFile, relocation: Relocation | undefined): OpenFile {
  if (relocation?.file !== opened.file) return opened;
  const documents = opened.documents.map((document): SourceDocument => {
    return { ...document, isElsewhere: true, placeOf: relocation.place };
  });
  return { ...opened, documents };
}

/** The documents of an inline patch, with their places where the patch is written. */
export function relocatedInline(
  documents: readonly SourceDocument[],
  path: FieldPath,
  relocation: Relocation | undefined,
  kindOf: (value: unknown) => DocumentKind,
): SourceDocument[] {
  const [first] = documents;
  if (!first || relocation?.file !== first.file) return [...documents];
  const written = relocation.inline(path, kindOf);
  const whole = () => relocation.place(path);
  return documents.map((document, index) => ({
    ...document,
    isElsewhere: true,
    placeOf: written[index]?.placeOf ?? whole,
  }));
}

/** The files with a kustomization as an engine changes it. */
export function withChanged(
  sources: ReadonlyMap<string, SourceFile>,
  { file, text }: ChangedKustomization,
): ReadonlyMap<string, SourceFile> {
  const { documents } = readYaml(text, file);
  return new Map([...sources, [file, { path: file, text, documents, syntaxProblems: [] }]]);
}
