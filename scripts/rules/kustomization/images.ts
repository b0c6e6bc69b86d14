import { posix } from 'node:path';
import { isRecord, listAt, textAt } from '../../kubernetes/fields.ts';
import { changedImage, imagePattern } from '../../kubernetes/image-entries.ts';
import { kustomizationNames } from '../../kubernetes/kustomization.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { SourceFile } from '../../model.ts';
import { hasAny } from './parts.ts';

/** What the files of some targets say that an entry of `images` could be about. */
export interface ImageTexts {
  /** What stands where images stand. */
  readonly images: ReadonlySet<string>;
  /** Every text. */
  readonly texts: ReadonlySet<string>;
  /** Whether kustomize is told to look, or to copy images from, anywhere. */
  readonly isAnywhere: boolean;
  /** Whether parts of images are replaced, which makes any image possible. */
  readonly isOpen: boolean;
  /** Entries of `images` of kustomizations. */
  readonly entries: readonly unknown[];
}

/** Told once a file: targets share most of theirs. */
export function imageTexts(): (file: SourceFile) => ImageTexts {
  const known = new Map<SourceFile, ImageTexts>();
  return (file) => {
    const texts = known.get(file) ?? textsOf(file.documents, file.path);
    known.set(file, texts);
    return texts;
  };
}

/** @param path of the file that they stand in */
export function textsOf(documents: readonly unknown[], path: string): ImageTexts {
  const found: Found = { images: new Set(), texts: new Set(), isCopied: false };
  for (const one of documents) collect(one, undefined, found);
  const [value] = documents;
  const isKustomization = kustomizationNames.includes(posix.basename(path)) && isRecord(value);
  const isTold = isKustomization && hasAny([{ file: path, value }], ...telling);
  const entries = isKustomization ? listAt(value, ['images']) : [];
  const isOpen = isKustomization && listAt(value, ['replacements']).some(mayReplaceImage);
  return { ...found, isAnywhere: found.isCopied || isTold, isOpen, entries };
}

const telling = ['configurations', 'openapi', 'transformers', 'vars'];

/** A replacement in a file of its own may do so, too. */
function mayReplaceImage(replacement: unknown): boolean {
  if (!isRecord(replacement) || replacement.path !== undefined) return true;
  return listAt(replacement, ['targets']).some((target) =>
    listAt(target, ['fieldPaths']).some((path) =>
      /image|reference|(containers|volumes)(\.[^.]*)?$/i.test(String(path)),
    ),
  );
}

interface Found {
  readonly images: Set<string>;
  readonly texts: Set<string>;
  isCopied: boolean;
}

function collect(value: unknown, key: string | undefined, found: Found): void {
  if (Array.isArray(value)) {
    // What entries name is not there by being named.
    const isEntries = key === 'images' && value.every((one) => isRecord(one) && 'name' in one);
    if (!isEntries) for (const one of value) collect(one, key, found);
  } else if (isRecord(value)) {
    const path = textAt(value, ['path']) ?? '';
    const isOperation = 'op' in value && imageKeys.has(path.slice(path.lastIndexOf('/') + 1));
    found.isCopied ||= isOperation && 'from' in value;
    for (const [own, item] of Object.entries(value)) {
      collect(item, isOperation && own === 'value' ? 'image' : own, found);
    }
  } else if (typeof value === 'string') {
    const isPatch = key === 'patch' || (key === 'patchesStrategicMerge' && value.includes('\n'));
    if (isPatch) for (const one of readYaml(value, '').documents) collect(one, undefined, found);
    else if (!value.includes('\n')) {
      found.texts.add(value);
      if (imageKeys.has(key ?? '')) found.images.add(value);
    }
  }
}

/** Of containers, and of volumes that are images. */
const imageKeys: ReadonlySet<string> = new Set(['image', 'reference']);

/** All that images can be after some entries, in whichever order. */
export function imagesAfter(images: readonly string[], entries: readonly unknown[]): Set<string> {
  const all = new Set(images);
  const changes = entries.map((entry) => ({
    entry,
    isMatched: imagePattern(textAt(entry, ['name']) ?? '') ?? (() => false),
  }));
  // The set grows while it is walked, so that what an entry makes meets all entries, too.
  for (const image of all) {
    for (const { entry, isMatched } of changes) {
      const changed = isMatched(image) ? changedImage(entry, image) : undefined;
      if (changed !== undefined && all.size < mostImages) all.add(changed);
    }
  }
  return all;
}

/** Names that match what they make could grow without an end. */
const mostImages = 2_000;
