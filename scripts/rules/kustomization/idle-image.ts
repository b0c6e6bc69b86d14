import { isRecord, textAt } from '../../kubernetes/fields.ts';
import { changedImage, imageNameOf, imagePattern } from '../../kubernetes/image-entries.ts';
import type { Problem } from '../../model.ts';
import type { KustomizationUse } from '../kustomizations.ts';
import type { ImageTexts } from './images.ts';
import { partsOf } from './parts.ts';

/**
 * Tells of an entry of `images` that makes of every image what it is already.
 *
 * @param others every other entry that any of the targets is made with
 */
export function* idleImage(
  use: KustomizationUse,
  index: number,
  { images, isAnywhere }: ImageTexts,
  others: readonly unknown[],
): Generator<Problem> {
  const entry = (use.value.images as readonly unknown[])[index];
  const name = textAt(entry, ['name']) ?? '';
  // What an engine's object says is written by image updaters; an option repeats for one overlay.
  const isWritten = use.value.resources !== undefined && !use.isComponent;
  const isMatched = imagePattern(name);
  if (!isWritten || !isMatched || !isRecord(entry) || isAnywhere) return;
  const own = [...images].filter(isMatched);
  if (own.length === 0 || !own.every((one) => changedImage(entry, one) === one)) return;
  const field = ['newTag', 'digest', 'newName'].find((one) => textAt(entry, [one])) ?? 'name';
  // Without a tag it depends on nothing else.
  const isSure = field === 'newName' || field === 'name' || !isTouched(use, own, others);
  const location = use.locate(['images', index, field]);
  if (!isSure || isUpdated(use, location.line)) return;
  const value = textAt(entry, [field]);
  const said = { newTag: 'has the tag', digest: 'has the digest', newName: 'has the name' }[field];
  yield {
    location,
    message: said
      ? `image "${imageNameOf(own[0] ?? name)}" ${said} "${value}" already`
      : `the entry of image "${name}" sets nothing`,
    fix: 'Remove the entry, or set what was meant.',
    severity: 'note',
  };
}

/** Whether another entry or a patch may have made another image of it before. */
function isTouched(
  use: KustomizationUse,
  images: readonly string[],
  others: readonly unknown[],
): boolean {
  const isOther = others.some((other) => {
    const isMatched = imagePattern(textAt(other, ['name']) ?? '') ?? (() => true);
    const newName = textAt(other, ['newName']);
    return images.some((one) => isMatched(one) || imageNameOf(one) === newName);
  });
  const isPatch = ({ documents }: { readonly documents: readonly unknown[] }) =>
    /image"|reference"/.test(JSON.stringify(documents));
  return isOther || partsOf(use).patches.some(isPatch);
}

/** Whether the line has the marker by which a bot knows it; then only the bot decides what it says. */
function isUpdated({ source }: KustomizationUse, line: number): boolean {
  return source.text.split('\n')[line - 1]?.includes('$imagepolicy') ?? false;
}
