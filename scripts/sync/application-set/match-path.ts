interface Piece {
  readonly is: 'one' | 'any' | 'set' | 'star';
  readonly characters: string;
  readonly negated: boolean;
}

/** Go's `path.Match`: a star or question mark never is a slash. */
export function matchesPath(pattern: string, path: string): boolean {
  const [patterns, parts] = [pattern.split('/'), path.split('/')];
  return (
    patterns.length === parts.length &&
    patterns.every((one, index) => matches(piecesOf(one), [...(parts[index] ?? '')]))
  );
}

/** A Git pathspec, by which the files of a generator are found: a star may be slashes too. */
export function matchesPathspec(pattern: string, path: string): boolean {
  const plain = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  return path.startsWith(`${plain}/`) || matches(piecesOf(plain), [...path]);
}

/** `include` and `exclude` of an Argo CD directory: alternatives in braces, stars may be slashes. */
export function matchesGlob(pattern: string, path: string): boolean {
  return alternatives(pattern).some((one) => matches(piecesOf(one), [...path]));
}

/** `a{b,c}d` as `abd` and `acd`; braces in braces are left as they are. */
function alternatives(pattern: string): string[] {
  let all = [''];
  let at = 0;
  for (const match of pattern.matchAll(/\{([^{}]*)\}/g)) {
    const before = pattern.slice(at, match.index);
    const choices = (match[1] ?? '').split(',');
    // Hostile ones would multiply.
    if (all.length * choices.length > 1000) return [pattern];
    all = all.flatMap((start) => choices.map((choice) => start + before + choice));
    at = match.index + match[0].length;
  }
  return all.map((start) => start + pattern.slice(at));
}

function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    const close = character === '[' ? characters.indexOf(']', at + 2) : -1;
    if (character === '*') {
      if (pieces.at(-1)?.is !== 'star') pieces.push({ is: 'star', characters: '', negated: false });
    } else if (character === '?') pieces.push({ is: 'any', characters: '', negated: false });
    else if (close > 0) {
      const negated = characters[at + 1] === '^' || characters[at + 1] === '!';
      const inner = characters.slice(at + (negated ? 2 : 1), close).join('');
      pieces.push({ is: 'set', characters: inner, negated });
      at = close;
    } else {
      const plain = character === '\\' ? (characters[++at] ?? '') : character;
      pieces.push({ is: 'one', characters: plain, negated: false });
    }
  }
  return pieces;
}

/** Goes back to the last star alone, so that no pattern is slow. */
function matches(pieces: readonly Piece[], text: readonly string[]): boolean {
  let [piece, at, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    const current = pieces[piece];
    if (current?.is === 'star') {
      [star, from] = [piece, at];
      piece++;
    } else if (current && matchesOne(current, text[at] ?? '')) {
      piece++;
      at++;
    } else if (star >= 0) {
      piece = star + 1;
      at = ++from;
    } else return false;
  }
  while (pieces[piece]?.is === 'star') piece++;
  return piece === pieces.length;
}

function matchesOne({ is, characters, negated }: Piece, character: string): boolean {
  if (is === 'any') return true;
  if (is === 'one') return characters === character;
  return inSet(characters, character) !== negated;
}

function inSet(characters: string, character: string): boolean {
  const ranges = characters.matchAll(/(.)-(.)|(.)/gsu);
  for (const [, low, high, single] of ranges) {
    if (single === character) return true;
    if (low && high && low <= character && character <= high) return true;
  }
  return false;
}
