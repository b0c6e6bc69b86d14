import type { Value } from './values.ts';

interface Located {
  /** Where it stands in the source, in UTF-16 units. */
  readonly at: number;
  /** How many nodes lie below it at most, itself included. */
  readonly depth: number;
}

/** A literal. */
interface Constant extends Located {
  readonly kind: 'constant';
  readonly value: Value;
}

/** A name. */
interface Identifier extends Located {
  readonly kind: 'identifier';
  readonly name: string;
}

/** `operand.field`, `operand.?field`, or `has(operand.field)`. */
export interface Select extends Located {
  readonly kind: 'select';
  readonly operand: Node;
  readonly field: string;
  readonly mode: 'plain' | 'optional' | 'test';
}

/** A function, method or operator with its arguments; operators are named `_+_`. */
export interface Call extends Located {
  readonly kind: 'call';
  readonly name: string;
  readonly target?: Node;
  readonly args: readonly Node[];
}

/** A list literal; an optional item is `?item`. */
export interface ListLiteral extends Located {
  readonly kind: 'list';
  readonly items: readonly { readonly value: Node; readonly optional: boolean }[];
}

/** A map literal. */
export interface MapLiteral extends Located {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
}

/** An entry of a map literal; an optional one is `?key: value`. */
export interface MapEntry {
  readonly key: Node;
  readonly value: Node;
  readonly optional: boolean;
}

/** `Name{field: value}`. */
interface StructLiteral extends Located {
  readonly kind: 'struct';
  readonly name: string;
  readonly values: readonly Node[];
}

/** A macro that walks a list or a map. */
export interface Fold extends Located {
  readonly kind: 'fold';
  readonly macro: FoldName;
  readonly range: Node;
  readonly variables: readonly string[];
  /** Which elements count; absent where the macro was written without a filter. */
  readonly filter?: Node;
  /** What an element becomes; absent for predicates. */
  readonly transform?: Node;
}

/** The macros that walk. */
export type FoldName =
  | 'all'
  | 'exists'
  | 'existsOne'
  | 'map'
  | 'filter'
  | 'transformMap'
  | 'transformMapEntry';

/** `target.optMap(variable, body)` or `target.optFlatMap(variable, body)`. */
export interface OptionalMap extends Located {
  readonly kind: 'optional-map';
  readonly target: Node;
  readonly variable: string;
  readonly body: Node;
  readonly flat: boolean;
}

/** A node of a parsed expression. */
export type Node =
  | Constant
  | Identifier
  | Select
  | Call
  | ListLiteral
  | MapLiteral
  | StructLiteral
  | Fold
  | OptionalMap;

/** The nodes directly below one, in the order in which they are written. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'constant':
    case 'identifier':
      return [];
    case 'select':
      return [node.operand];
    case 'call':
      return node.target ? [node.target, ...node.args] : node.args;
    case 'list':
      return node.items.map(({ value }) => value);
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'struct':
      return node.values;
    case 'fold':
      return [node.range, node.filter, node.transform].filter((child) => child !== undefined);
    case 'optional-map':
      return [node.target, node.body];
  }
}
