/** The lines of a block YAML stream and how far they have been read. */
export interface Reader {
  readonly lines: readonly string[];
  at: number;
}

/** Thrown where the text leaves the subset that the block reader knows. */
export const bail: symbol = Symbol('not in the subset');

/** How many spaces a line begins with. */
export function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent++;
  return indent;
}
