import { listAt, textAt } from '../../kubernetes/fields.ts';
import { imageNameOf, imagePattern } from '../../kubernetes/image-entries.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import type { Problem, RepositoryRule } from '../../model.ts';
import { nearest } from '../../shared/nearest.ts';
import type { KustomizationUse } from '../kustomizations.ts';
import { type ChangesOf, changesTo, usesIn } from './engine-uses.ts';
import { idleImage } from './idle-image.ts';
import { type ImageTexts, imagesAfter, imageTexts, textsOf } from './images.ts';

/** @param changesOf what engines put into kustomizations, which is judged, too */
export function usedImages(changesOf?: ChangesOf): RepositoryRule {
  return {
    id: 'kustomization/used-images',
    scope: 'repository',
    severity: 'warning',
    summary: 'Every entry of `images` names an image that is there, and changes it.',
    why: 'Kustomize ignores an entry that matches nothing, and the image keeps the tag it had, or none.',
    fix: 'Correct the name, which is all of the one in the base up to its tag, or remove the entry.',
    docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/',

    *check(repository) {
      const textsIn = imageTexts();
      for (const use of usesIn(repository, changesOf)) {
        const entries = listAt(use.value, ['images']);
        if (entries.length === 0) continue;
        const all = together([
          ...use.files.map(textsIn),
          ...changesTo(use, changesOf).map(({ text, file }) =>
            textsOf(readYaml(text, file).documents, file),
          ),
          textsOf([use.value], use.source.path),
        ]);
        if (all.isOpen) continue;
        for (const [index, entry] of entries.entries()) {
          const name = textAt(entry, ['name']);
          if (!name) continue;
          const others = [...all.entries, ...entries].filter((other) => other !== entry);
          if (isThere(name, all, others)) yield* idleImage(use, index, all, others);
          else yield* missing(use, index, name, all, entries);
        }
      }
    },
  };
}

function together(parts: readonly ImageTexts[]): ImageTexts {
  const isAnywhere = parts.some((one) => one.isAnywhere);
  return {
    images: new Set(parts.flatMap(({ images }) => [...images])),
    // There are many, and they are seldom asked for.
    texts: new Set(isAnywhere ? parts.flatMap(({ texts }) => [...texts]) : []),
    isAnywhere,
    isOpen: parts.some(({ isOpen }) => isOpen),
    entries: parts.flatMap(({ entries }) => entries),
  };
}

/** Whether an entry may match something, before or after any other. */
function isThere(name: string, all: ImageTexts, others: readonly unknown[]): boolean {
  const written = [...(all.isAnywhere ? all.texts : all.images)];
  if (written.some((one) => imageNameOf(one) === name)) return true;
  const isMatched = imagePattern(name);
  // A tag that is made of two can be any.
  if (!isMatched || others.some((one) => textAt(one, ['tagSuffix']))) return true;
  return [...imagesAfter(written, others)].some(isMatched);
}

function* missing(
  use: KustomizationUse,
  index: number,
  name: string,
  { images }: ImageTexts,
  entries: readonly unknown[],
): Generator<Problem> {
  const names = new Set([...images].map(imageNameOf));
  const others = new Set(
    entries.flatMap((one, at) => (at === index ? [] : imageNameOf(textAt(one, ['name']) ?? ''))),
  );
  // What another entry names is probably not what this one means, but worth a hint.
  const free = nearName(
    name,
    [...names].filter((one) => !others.has(one)),
  );
  const near = free ?? nearName(name, [...names]) ?? longerName(name, [...names]);
  // An option may be for the one tag that another of its overlays has.
  if (use.isComponent && (!free || free === imageNameOf(name))) return;
  const hidden = [...images].find((one) => imageNameOf(one) === one && one.startsWith(`${name}:`));
  const hint = hidden ? `Kustomize sees no tag, and so no name, in "${hidden}".` : '';
  const fix = hint || (near && `Did you mean "${near}"?`);
  yield {
    location: use.locate(['images', index, 'name']),
    message: `no image is named "${name}"`,
    ...(fix && { fix }),
    ...(free && !hint && { severity: 'error' as const }),
  };
}

/** The name that was probably meant: the same without its tag, a slip of it, or in another registry. */
function nearName(name: string, names: readonly string[]): string | undefined {
  const word = imageNameOf(name);
  if (names.includes(word)) return word;
  const same = names.filter((one) => lastOf(one) === lastOf(word));
  const alike = names.filter((one) => areAlike(lastOf(one), lastOf(word)));
  return nearest(word, alike) ?? (same.length === 1 ? same[0] : undefined);
}

/** The only name that has this one in it, or is in it: worth a hint, and no more. */
function longerName(name: string, names: readonly string[]): string | undefined {
  const word = lastOf(imageNameOf(name));
  const longer = names.filter((one) => lastOf(one).includes(word) || word.includes(lastOf(one)));
  return word !== '' && longer.length === 1 ? longer[0] : undefined;
}

/** A long registry before them makes even strangers look near. */
function areAlike(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one) || nearest(one, [other]) !== undefined;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
