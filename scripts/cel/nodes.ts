import { childrenOf, type Node } from './ast.ts';

/** The API server's limit on how deep its grammar may nest. */
export const nestingLimit = 250;

/** Trees nest deeper than their grammar; this much any stack can walk. */
const depthLimit = 1000;

/** An expression that cannot be parsed further. */
export class ParseError extends Error {
  override name = 'ParseError';
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

type Without<T> = T extends unknown ? Omit<T, 'at' | 'depth'> : never;

/** A node before it has its place. */
export type Bare = Without<Node>;

/** Places a node; throws a `ParseError` where the tree becomes too deep to walk. */
export function place(at: number, bare: Bare): Node {
  let depth = 0;
  for (const child of childrenOf(bare as Node)) depth = Math.max(depth, child.depth);
  if (depth >= depthLimit) throw tooDeep();
  return { ...bare, at, depth: depth + 1 } as Node;
}

/** The error of an expression that nests too deep. */
export function tooDeep(): ParseError {
  return new ParseError(`expression recursion limit exceeded: ${nestingLimit}`, -1);
}
