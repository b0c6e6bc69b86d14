import { isRecord, textAt } from '../kubernetes/fields.ts';
import {
  isRemote,
  kustomizationNames,
  pluginUsesOf,
  referencesOf,
} from '../kubernetes/kustomization.ts';
import { openLocator } from '../kubernetes/locate-field.ts';
import type { FieldPath, Location, Rendered, Repository, SourceFile } from '../model.ts';

/** A kustomization and the targets that it is a part of. */
export interface KustomizationUse {
  readonly source: SourceFile;
  readonly value: Readonly<Record<string, unknown>>;
  /** An option for several overlays, of which each may need only a part. */
  readonly isComponent: boolean;
  readonly rendered: readonly Rendered[];
  /** Every file that any of those targets reads as YAML. */
  readonly files: readonly SourceFile[];
  locate(path: FieldPath): Location;
}

/**
 * The kustomizations of a repository of which all that they may act on is known: every
 * target with them was rendered, from files and nothing else.
 */
export function kustomizationsIn({ sources, rendered }: Repository): KustomizationUse[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const uses = new Map<string, Rendered[]>();
  for (const one of rendered) {
    if (one.target.kind !== 'kustomization') continue;
    for (const file of one.files) {
      if (isKustomization(file)) uses.set(file, [...(uses.get(file) ?? []), one]);
    }
  }
  return [...uses].flatMap(([file, targets]) => {
    const source = byPath.get(file);
    const value = source?.documents[0];
    if (!source || !isRecord(value)) return [];
    const paths = new Set(targets.flatMap((one) => one.files));
    const files = [...paths].flatMap((path) => byPath.get(path) ?? []);
    const isKnown = targets.every(({ failures }) => failures.length === 0) && !files.some(hasMore);
    if (!isKnown) return [];
    const isComponent = textAt(value, ['kind']) === 'Component';
    const locate = (path: FieldPath) => openLocator(source.text, file).locate(0, path).location;
    return [{ source, value, isComponent, rendered: targets, files, locate }];
  });
}

function isKustomization(file: string): boolean {
  return kustomizationNames.includes(file.slice(file.lastIndexOf('/') + 1));
}

/** Whether generators, charts or remote bases bring objects that stand in no file here. */
export function hasMore({ path, documents }: SourceFile): boolean {
  if (!isKustomization(path)) return false;
  const [value] = documents;
  return (
    pluginUsesOf(value).length > 0 ||
    referencesOf(value).some(
      (one) =>
        isRemote(one.value) || one.path[0] === 'generators' || one.path[0] === 'transformers',
    )
  );
}
