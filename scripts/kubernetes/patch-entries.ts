import { posix } from 'node:path';
import type { FieldPath } from '../model.ts';
import { isRecord, listAt, textAt } from './fields.ts';

/** A patch entry of a kustomization. */
export interface PatchEntry {
  readonly kustomization: string;
  /** Path of the entry in the kustomization. */
  readonly path: FieldPath;
  readonly target?: Readonly<Record<string, unknown>>;
  /** Path of an inline patch in the kustomization, or the file of the patch. */
  readonly inline?: FieldPath;
  readonly file?: string;
}

/**
 * The patch entries of a kustomization, field by field; those that say nothing are left out.
 *
 * @param file path of the kustomization
 */
export function patchEntriesOf(file: string, value: unknown): PatchEntry[] {
  const folder = posix.dirname(file);
  const toFile = (path: string) => posix.normalize(posix.join(folder, path));
  const merged = listAt(value, ['patchesStrategicMerge']).flatMap((entry, index): PatchEntry[] => {
    const path = ['patchesStrategicMerge', index];
    if (typeof entry !== 'string') return [];
    const own = entry.includes('\n') ? { inline: path } : { file: toFile(entry) };
    return [{ kustomization: file, path, ...own }];
  });
  const listed = ['patches', 'patchesJson6902'].flatMap((field) =>
    listAt(value, [field]).flatMap((entry, index): PatchEntry[] => {
      const path = [field, index];
      const target = isRecord(entry) && isRecord(entry.target) ? { target: entry.target } : {};
      const named = textAt(entry, ['path']);
      if (named) return [{ kustomization: file, path, ...target, file: toFile(named) }];
      if (textAt(entry, ['patch']) === undefined) return [];
      return [{ kustomization: file, path, ...target, inline: [...path, 'patch'] }];
    }),
  );
  return [...merged, ...listed];
}
