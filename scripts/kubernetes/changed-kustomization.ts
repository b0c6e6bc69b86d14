import { posix } from 'node:path';
import type { ChangedKustomization, ChangedPart, FieldPath, WrittenObject } from '../model.ts';
import type { EngineChanges, EngineEdit } from './engine-changes.ts';
import { isRecord, listAt, recordAt, textAt } from './fields.ts';

/**
 * A kustomization as an engine changes it in place: lists grow, an image or replica count of
 * the same name is replaced, single values are overwritten. A folder without one gets one
 * that lists what is in it, as Flux does.
 *
 * @param file the kustomization's file from the repository root; it need not be there
 * @param own what stands in that file, or the generated kustomization
 * @param exists whether a folder is there, from the repository root
 */
export function changeKustomization(
  file: string,
  own: { readonly value: unknown; readonly isGenerated: boolean },
  { edits, ignoresMissingComponents }: EngineChanges,
  object: WrittenObject,
  exists: (folder: string) => boolean,
): ChangedKustomization {
  let value: Record<string, unknown> = { ...recordAt(own.value, []) };
  const parts: ChangedPart[] = [];
  for (const edit of edits) {
    const component = edit.field === 'components' ? String(edit.value) : undefined;
    const folder = component && posix.join(posix.dirname(file), component);
    if (ignoresMissingComponents && folder && !exists(folder)) continue;
    const { changed, at } = applied(value, edit);
    value = changed;
    const { isWhole = false, inner = [] } = edit;
    parts.push({ at: [...at, ...inner], from: edit.at, ...(isWhole && { isWhole }) });
  }
  return {
    file,
    // The comment makes it YAML, in which a mark may stand for a number.
    text: `# changed by the engine\n${JSON.stringify(value, undefined, 1)}\n`,
    parts,
    object,
    isGenerated: own.isGenerated,
  };
}

function applied(
  value: Readonly<Record<string, unknown>>,
  edit: EngineEdit,
): { changed: Record<string, unknown>; at: FieldPath } {
  const { field } = edit;
  if (field === 'namespace' || field === 'namePrefix' || field === 'nameSuffix') {
    return { changed: { ...value, [field]: edit.value }, at: [field] };
  }
  if (field === 'commonLabels' || field === 'commonAnnotations') {
    const merged = { ...recordAt(value, [field]), ...recordAt(edit.value, []) };
    return { changed: { ...value, [field]: merged }, at: [field] };
  }
  const list = listAt(value, [field]);
  const isNamed = field === 'images' || field === 'replicas';
  const name = isNamed ? textAt(edit.value, ['name']) : undefined;
  const index = name === undefined ? -1 : list.findIndex((one) => textAt(one, ['name']) === name);
  const at = index < 0 ? list.length : index;
  const entries = [...list];
  entries[at] =
    index < 0 ? withoutStars(edit.value, undefined) : withoutStars(edit.value, list[index]);
  return { changed: { ...value, [field]: entries }, at: [field, at] };
}

/** An asterisk for a name or tag keeps the one that is there. */
function withoutStars(value: unknown, old: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (item !== '*' || key === 'name') return [[key, item]];
      const kept = textAt(old, [key]);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

/**
 * Where a field of a changed kustomization is written: in the engine's object, or in the
 * kustomization's own file at the same place.
 */
export function writtenPlace(
  { file, parts, object, isGenerated }: ChangedKustomization,
  path: FieldPath,
): { readonly file: string; readonly document: number; readonly path: FieldPath } {
  const part = parts.findLast(({ at }) => at.every((step, index) => path[index] === step));
  if (part) {
    const rest = part.isWhole ? [] : path.slice(part.at.length);
    const { file: own, document, at } = object;
    return { file: own, document, path: [...at, ...part.from, ...rest] };
  }
  if (!isGenerated) return { file, document: 0, path };
  return { file: object.file, document: object.document, path: [...object.at, 'spec', 'path'] };
}
