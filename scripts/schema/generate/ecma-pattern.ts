/**
 * The pattern in JavaScript's syntax. Go writes `(?i)` for "from here on in either case",
 * up to the end of the group; JavaScript gets both cases of each letter instead.
 */
export function ecmaPattern(pattern: string): string {
  const start = pattern.indexOf('(?i)');
  if (start < 0) return pattern;
  const end = endOfGroup(pattern, start + 4);
  const inside = pattern
    .slice(start + 4, end)
    .replace(/\\.|[a-z]/gi, (letter) =>
      letter.length > 1 ? letter : `[${letter.toUpperCase()}${letter.toLowerCase()}]`,
    );
  // Letters in a class are ones already, so that another bracket would end it.
  if (/\[[^\]]*\[/.test(inside)) throw new Error(`cannot rewrite ${pattern}`);
  return ecmaPattern(pattern.slice(0, start) + inside + pattern.slice(end));
}

/** Where the parenthesis closes that was open before that place, or the end. */
function endOfGroup(pattern: string, from: number): number {
  let depth = 0;
  for (let at = from; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === '(') depth++;
    else if (pattern[at] === ')' && depth-- === 0) return at;
  }
  return pattern.length;
}
