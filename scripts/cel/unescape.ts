const simple: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
};

const escapes =
  /\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([\s\S]?))/g;

/** The text of a string literal's inside, or nothing where an escape is not one. */
export function unescapeString(inside: string): string | undefined {
  let valid = true;
  const text = inside.replace(escapes, (_, hex, short, long, octal, single) => {
    if (single !== undefined) {
      valid &&= single in simple;
      return simple[single] ?? '';
    }
    const code = octal ? Number.parseInt(octal, 8) : Number.parseInt(hex ?? short ?? long, 16);
    valid &&= code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return valid ? String.fromCodePoint(code) : '';
  });
  return valid ? text : undefined;
}

/** The bytes of a bytes literal's inside: `\x` and octal escapes are bytes, the rest is UTF-8. */
export function unescapeBytes(inside: string): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  let valid = true;
  let end = 0;
  for (const match of inside.matchAll(escapes)) {
    const [whole, hex, short, long, octal, single] = match;
    parts.push(Buffer.from(inside.slice(end, match.index)));
    end = match.index + whole.length;
    if (short ?? long) valid = false;
    else if (single === undefined) {
      parts.push(Uint8Array.of(octal ? Number.parseInt(octal, 8) : Number.parseInt(hex ?? '', 16)));
    } else if (single in simple) parts.push(Buffer.from(simple[single] as string));
    else valid = false;
  }
  parts.push(Buffer.from(inside.slice(end)));
  return valid ? new Uint8Array(Buffer.concat(parts)) : undefined;
}
