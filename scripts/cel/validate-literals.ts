import { childrenOf, type Node } from './ast.ts';
import type { Checked } from './check.ts';
import { EvaluationError } from './errors.ts';
import type { Problem } from './issues.ts';
import { compilePattern } from './library/regex.ts';
import { parseDuration, parseTimestamp } from './time.ts';
import { formatType, sameType, type Type, unwrapOptional } from './types.ts';
import { formatProblems } from './validate-format.ts';

/** Literals in these functions' arguments may mix types. */
const mixedAllowed = new Set(['format']);

/**
 * What Kubernetes refuses though the types fit: literals that a function cannot read, and lists
 * and maps of several types.
 */
export function validateLiterals(tree: Node, checked: Checked): Problem[] {
  const problems: Problem[] = [];
  visit(tree, false);
  return problems;

  function visit(node: Node, mixed: boolean): void {
    const exempt = mixed || (node.kind === 'call' && mixedAllowed.has(node.name));
    for (const child of childrenOf(node)) visit(child, exempt);
    if (node.kind === 'call') {
      problems.push(...literalArguments(node), ...formatProblems(node, checked));
    }
    if (!exempt) problems.push(...mixedTypes(node, checked));
  }
}

const readers: Record<string, (text: string) => unknown> = {
  duration: parseDuration,
  timestamp: parseTimestamp,
  matches: compilePattern,
};

function literalArguments(node: Node & { kind: 'call' }): Problem[] {
  const read = Object.hasOwn(readers, node.name) ? readers[node.name] : undefined;
  const argument = node.args.at(-1);
  if (!read || argument?.kind !== 'constant' || typeof argument.value !== 'string') return [];
  try {
    read(argument.value);
    return [];
  } catch (error) {
    if (node.name !== 'matches' && !(error instanceof EvaluationError)) throw error;
    return [{ message: `invalid ${node.name} argument`, at: argument.at }];
  }
}

function mixedTypes(node: Node, { types }: Checked): Problem[] {
  if (node.kind === 'list') {
    const items = node.items.map(({ value, optional }) => ({ node: value, optional }));
    return mismatches(items, types).slice(0, 1);
  }
  if (node.kind !== 'map') return [];
  const keys = node.entries.map(({ key }) => ({ node: key, optional: false }));
  const values = node.entries.map(({ value, optional }) => ({ node: value, optional }));
  return [...mismatches(keys, types), ...mismatches(values, types)];
}

function mismatches(
  items: readonly { readonly node: Node; readonly optional: boolean }[],
  types: ReadonlyMap<Node, Type>,
): Problem[] {
  const typeOf = ({ node, optional }: { node: Node; optional: boolean }): Type => {
    const type = types.get(node) as Type;
    return (optional ? unwrapOptional(type) : undefined) ?? type;
  };
  const [first, ...rest] = items;
  if (!first) return [];
  const wanted = typeOf(first);
  return rest
    .filter((item) => !sameType(wanted, typeOf(item)))
    .map((item) => ({
      message: `expected type '${formatType(wanted)}' but found '${formatType(typeOf(item))}'`,
      at: item.node.at,
    }));
}
