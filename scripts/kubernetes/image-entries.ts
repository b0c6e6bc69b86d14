import { isLike } from '../shared/patterns.ts';
import { re2 } from '../shared/re2.ts';
import { textAt } from './fields.ts';

/**
 * An image without the tag and digest that kustomize sees. It sees none with other
 * characters, such as a variable of Flux.
 */
export function imageNameOf(image: string): string {
  return /^(.*?)(?::[\w.{}-]*)?(?:@sha256:[\w.{}-]*)?$/s.exec(image)?.[1] ?? image;
}

/** What kustomize looks for by the name of an entry: a pattern, and for one tag if it has one. */
export function imagePattern(name: string): ((image: string) => boolean) | undefined {
  if (/^[\w./:@-]+$/.test(name)) {
    const { length } = name;
    return (image) => isLike(name, image.slice(0, length)) && version.test(image.slice(length));
  }
  try {
    const pattern = re2().compile(`^${name}${version.source.slice(1)}`);
    return (image) => pattern.matcher(image).find();
  } catch {
    return undefined;
  }
}

const version = /^(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$/;

/** The image that an entry makes of one that it matches; nothing where a suffix is added. */
export function changedImage(entry: unknown, image: string): string | undefined {
  const [tag, digest] = [textAt(entry, ['newTag']), textAt(entry, ['digest'])];
  if (textAt(entry, ['tagSuffix'])) return undefined;
  const name = imageNameOf(image);
  const end = `${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}` || image.slice(name.length);
  return `${textAt(entry, ['newName']) || name}${end}`;
}
