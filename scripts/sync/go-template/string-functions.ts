import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { CannotTell } from './errors.ts';
import { formatted, quotedText } from './format.ts';
import type { TemplateFunction } from './functions.ts';
import { normalizedName, slugified } from './names.ts';
import { asInt, asString, isTrue, textOf } from './values.ts';

const longest = 1_000_000;

/** Text in, text out. Arguments are in sprig's order, so that the text itself is the last. */
export const stringFunctions: Readonly<Record<string, TemplateFunction>> = {
  print: printed,
  println: (values) => `${values.map((one) => textOf(one, '<nil>')).join(' ')}\n`,
  printf: ([format, ...values]) => formatted(asString(format), values),
  lower: text((value) => value.toLowerCase()),
  upper: text((value) => value.toUpperCase()),
  title: text((value) => value.replaceAll(/(?<![\p{L}\p{Nd}_'])\p{Ll}/gu, (a) => a.toUpperCase())),
  untitle: text((value) => value.replaceAll(/(?<!\S)\p{Lu}/gu, (a) => a.toLowerCase())),
  trim: text((value) => value.trim()),
  nospace: text((value) => value.replaceAll(/\s/g, '')),
  trimAll: ([set, value]) => trimmedBy(asString(set), asString(value), true, true),
  trimPrefix: ([prefix, value]) => withoutStart(asString(value), asString(prefix)),
  trimSuffix: ([suffix, value]) => withoutEnd(asString(value), asString(suffix)),
  hasPrefix: ([prefix, value]) => asString(value).startsWith(asString(prefix)),
  hasSuffix: ([suffix, value]) => asString(value).endsWith(asString(suffix)),
  contains: ([part, value]) => asString(value).includes(asString(part)),
  replace: ([from, to, value]) => asString(value).replaceAll(asString(from), () => asString(to)),
  repeat: ([count, value]) => repeated(asInt(count), asString(value)),
  substr: ([start, end, value]) => part(asInt(start), asInt(end), asString(value)),
  trunc: ([count, value]) => truncated(asInt(count), asString(value)),
  quote: (values) =>
    values
      .filter(isWritten)
      .map((one) => quotedText(textOf(one)))
      .join(' '),
  squote: (values) =>
    values
      .filter(isWritten)
      .map((one) => `'${textOf(one)}'`)
      .join(' '),
  cat: (values) =>
    values
      .filter(isWritten)
      .map((one) => textOf(one))
      .join(' '),
  indent: ([count, value]) => indented(asInt(count), asString(value)),
  nindent: ([count, value]) => `\n${indented(asInt(count), asString(value))}`,
  toString: ([value]: readonly unknown[]) => textOf(value, '<nil>'),
  kebabcase: text((value) => parted(value, '-')),
  snakecase: text((value) => parted(value, '_')),
  b64enc: text((value) => Buffer.from(value).toString('base64')),
  sha1sum: text((value) => createHash('sha1').update(value).digest('hex')),
  sha256sum: text((value) => createHash('sha256').update(value).digest('hex')),
  base: text((value) => (value === '' ? '.' : posix.basename(value) || '/')),
  dir: text((value) => posix.normalize(posix.dirname(value))),
  clean: text((value) => withoutEnd(posix.normalize(value), '/') || '/'),
  ext: text((value) => /\.[^./]*$/.exec(value)?.[0] ?? ''),
  normalize: text(normalizedName),
  slugify: (values) => slugified(values),
  plural: ([one, many, count]) => (asInt(count) === 1 ? asString(one) : asString(many)),
};

function text(change: (value: string) => unknown): TemplateFunction {
  return ([value]) => change(asString(value));
}

/** Go puts a space between two values when neither is a string. */
function printed(values: readonly unknown[]): string {
  return values
    .map((value, index) => {
      const apart = index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string';
      return `${apart ? ' ' : ''}${textOf(value, '<nil>')}`;
    })
    .join('');
}

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function withoutStart(value: string, prefix: string): string {
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
}

function withoutEnd(value: string, suffix: string): string {
  return isTrue(suffix) && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;
}

function trimmedBy(set: string, value: string, start: boolean, end: boolean): string {
  const characters = [...value];
  let from = 0;
  let to = characters.length;
  while (start && from < to && set.includes(characters[from] ?? '')) from++;
  while (end && to > from && set.includes(characters[to - 1] ?? '')) to--;
  return characters.slice(from, to).join('');
}

function repeated(count: number, value: string): string {
  if (count * value.length > longest) throw new CannotTell('the template writes too much');
  return value.repeat(Math.max(0, count));
}

function part(start: number, end: number, value: string): string {
  if (start < 0) return value.slice(0, Math.max(0, end));
  return end < 0 || end > value.length ? value.slice(start) : value.slice(start, end);
}

function truncated(count: number, value: string): string {
  if (count < 0) return value.length + count > 0 ? value.slice(count) : value;
  return value.slice(0, count);
}

function indented(count: number, value: string): string {
  const space = repeated(count, ' ');
  if (space.length * value.length > longest * 10)
    throw new CannotTell('the template writes too much');
  return space + value.replaceAll('\n', () => `\n${space}`);
}

function parted(value: string, sign: string): string {
  if (!/^[A-Za-z0-9_ -]*$/.test(value)) throw new CannotTell('the words of a text are not told');
  return value
    .replaceAll(/([a-z0-9])([A-Z])/g, `$1${sign}$2`)
    .replaceAll(/[_ -]+/g, sign)
    .toLowerCase();
}
