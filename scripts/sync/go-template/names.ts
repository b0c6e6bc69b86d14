import { CannotTell } from './errors.ts';
import { asInt, asString } from './values.ts';

/** A text as Argo CD makes it a DNS name: lower case, other characters as hyphens, at most 253. */
export function normalizedName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replace(/^[-.]+/, '')
    .replace(/[-.]+$/, '');
}

/** `slugify [longest [smart]] text`: the longest slug is 50 characters, and no word is cut. */
export function slugified(values: readonly unknown[]): string {
  const longest = values.length > 1 ? asInt(values[0]) : 50;
  const isSmart = values.length > 2 ? values[1] === true : true;
  const text = asString(values.at(-1));
  // Other scripts are written in Latin letters, by a table that is not here.
  if (/[^\x20-\x7e]/.test(text)) throw new CannotTell('slugify of other than ASCII is not told');
  const slug = text
    .trim()
    .replaceAll(/[&@]/g, (sign) => (sign === '&' ? '-and-' : '-at-'))
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-')
    .replaceAll(/-+/g, '-')
    .replace(/^[-_]+/, '')
    .replace(/[-_]+$/, '');
  if (slug.length <= longest) return slug;
  if (!isSmart) return slug.slice(0, longest).replace(/[-_]+$/, '');
  const words = slug.split('-');
  let short = '';
  for (const word of words) {
    const next = short ? `${short}-${word}` : word;
    if (next.length > longest) break;
    short = next;
  }
  return short || slug.slice(0, longest);
}
