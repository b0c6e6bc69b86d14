import type { FoldName, Node } from './ast.ts';
import { ParseError, place } from './nodes.ts';

type Expand = (at: number, target: Node, args: readonly Node[]) => Node | undefined;

const methods: Record<string, Expand> = {
  all: predicate('all'),
  exists: predicate('exists'),
  exists_one: predicate('existsOne'),
  existsOne: predicate('existsOne'),
  filter: (at, target, args) =>
    args.length === 2 ? fold('filter', at, target, args, 1) : undefined,
  map: (at, target, args) =>
    args.length === 2 || args.length === 3 ? fold('map', at, target, args, 1) : undefined,
  transformList: transform('map'),
  transformMap: transform('transformMap'),
  transformMapEntry: transform('transformMapEntry'),
  sortBy,
  optMap: optional(false),
  optFlatMap: optional(true),
};

/** Expands a call that is a macro; gives nothing for an ordinary call, whose arguments differ. */
export function expandMacro(
  at: number,
  name: string,
  target: Node | undefined,
  args: readonly Node[],
): Node | undefined {
  if (!target) return name === 'has' && args.length === 1 ? has(at, args[0] as Node) : undefined;
  return Object.hasOwn(methods, name) ? methods[name]?.(at, target, args) : undefined;
}

function has(at: number, arg: Node): Node {
  if (arg.kind !== 'select' || arg.mode !== 'plain') {
    throw new ParseError('invalid argument to has() macro', arg.at);
  }
  return place(at, { kind: 'select', operand: arg.operand, field: arg.field, mode: 'test' });
}

/** `list.all(x, p)` and `list.all(i, x, p)`. */
function predicate(macro: FoldName): Expand {
  return (at, target, args) =>
    args.length === 2 || args.length === 3
      ? fold(macro, at, target, args, args.length - 1)
      : undefined;
}

/** `transformList(i, x, t)` and `transformList(i, x, filter, t)`. */
function transform(macro: FoldName): Expand {
  return (at, target, args) =>
    args.length === 3 || args.length === 4 ? fold(macro, at, target, args, 2) : undefined;
}

function fold(
  macro: FoldName,
  at: number,
  range: Node,
  args: readonly Node[],
  names: number,
): Node {
  const variables = args.slice(0, names).map((arg) => variableName(arg, macro, names));
  const last = args.at(-1) as Node;
  const transforms = macro === 'map' || macro.startsWith('transform');
  const filter = transforms ? (args.length > names + 1 ? args[names] : undefined) : last;
  return place(at, {
    kind: 'fold',
    macro,
    range,
    variables,
    ...(filter && { filter }),
    ...(transforms && { transform: last }),
  });
}

/** Sorts a list by what its elements give. */
function sortBy(at: number, target: Node, args: readonly Node[]): Node | undefined {
  if (args.length !== 2) return undefined;
  const keys = fold('map', at, target, args, 1);
  return place(at, { kind: 'call', name: '@sortByAssociatedKeys', target, args: [keys] });
}

function optional(flat: boolean): Expand {
  return (at, target, args) => {
    const [variable, body] = args;
    if (args.length !== 2 || !variable || !body) return undefined;
    return place(at, {
      kind: 'optional-map',
      target,
      variable: variableName(variable, 'exists', 1),
      body,
      flat,
    });
  };
}

function variableName(arg: Node, macro: FoldName, names: number): string {
  if (arg.kind !== 'identifier' || arg.name.startsWith('.')) {
    const old = names === 1 && (macro === 'map' || macro === 'filter');
    const message = old ? 'argument is not an identifier' : 'argument must be a simple name';
    throw new ParseError(message, arg.at);
  }
  if (arg.name === '__result__') {
    throw new ParseError('iteration variable overwrites accumulator variable', arg.at);
  }
  return arg.name;
}
