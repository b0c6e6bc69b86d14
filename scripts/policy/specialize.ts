import type { Call, Node, Select } from '../cel/ast.ts';
import type { Type } from '../cel/types.ts';

/** What is known of every object that an expression will see. */
export interface Facts {
  readonly kind: string;
  readonly apiVersion: string;
  readonly type: Type;
  /** The composed variables so far, specialised. */
  readonly variables: ReadonlyMap<string, Node>;
}

/**
 * An expression without the branches that objects of one kind never take: conditions on
 * `object.kind`, and `has()` of fields that the kind does not have.
 */
export function specialize(node: Node, facts: Facts): Node {
  const known = knownValue(node, facts);
  if (known !== undefined) return { kind: 'constant', value: known, at: node.at, depth: 1 };
  const go = (child: Node): Node => specialize(child, facts);
  switch (node.kind) {
    case 'constant':
    case 'identifier':
      return node;
    case 'select':
      return { ...node, operand: go(node.operand) };
    case 'call':
      return specializeCall(node, facts);
    case 'list':
      return { ...node, items: node.items.map((one) => ({ ...one, value: go(one.value) })) };
    case 'map':
      return {
        ...node,
        entries: node.entries.map((one) => ({ ...one, key: go(one.key), value: go(one.value) })),
      };
    case 'struct':
      return { ...node, values: node.values.map(go) };
    case 'fold':
      return {
        ...node,
        range: go(node.range),
        ...(node.filter && { filter: go(node.filter) }),
        ...(node.transform && { transform: go(node.transform) }),
      };
    case 'optional-map':
      return { ...node, target: go(node.target), body: go(node.body) };
  }
}

function specializeCall(node: Call, facts: Facts): Node {
  const [first, second, third] = node.args;
  if (node.name === '_?_:_' && first && second && third) {
    const known = knownValue(first, facts);
    if (known !== undefined) return specialize(known ? second : third, facts);
  }
  if ((node.name === '_&&_' || node.name === '_||_') && first && second) {
    const neutral = node.name === '_&&_';
    if (knownValue(first, facts) === neutral) return specialize(second, facts);
    if (knownValue(second, facts) === neutral) return specialize(first, facts);
  }
  return {
    ...node,
    ...(node.target && { target: specialize(node.target, facts) }),
    args: node.args.map((arg) => specialize(arg, facts)),
  };
}

/** What an expression gives for every object of the kind, where that is certain. */
function knownValue(node: Node, facts: Facts): boolean | undefined {
  if (node.kind === 'constant') return typeof node.value === 'boolean' ? node.value : undefined;
  if (node.kind === 'select') {
    if (node.mode === 'test') return lacks(node, facts) ? false : undefined;
    const variable = variableOf(node, facts);
    return variable && knownValue(variable, facts);
  }
  if (node.kind !== 'call') return undefined;
  const [first, second] = node.args;
  if (node.name === '!_' && first) {
    const known = knownValue(first, facts);
    return known === undefined ? undefined : !known;
  }
  if (!first || !second) return undefined;
  if (node.name === '_&&_' || node.name === '_||_') {
    const decisive = node.name === '_||_';
    const sides = [knownValue(first, facts), knownValue(second, facts)];
    if (sides.includes(decisive)) return decisive;
    return sides.every((side) => side === !decisive) ? !decisive : undefined;
  }
  const text = knownText(first, facts);
  if (node.name === '@in' && second.kind === 'list' && text !== undefined) {
    const items = second.items.map(({ value }) => knownText(value, facts));
    return items.includes(text) ? true : items.includes(undefined) ? undefined : false;
  }
  const other = knownText(second, facts);
  if (text === undefined || other === undefined) return undefined;
  if (node.name === '_==_') return text === other;
  return node.name === '_!=_' ? text !== other : undefined;
}

function knownText(node: Node, facts: Facts): string | undefined {
  if (node.kind === 'constant') return typeof node.value === 'string' ? node.value : undefined;
  if (node.kind !== 'select') return undefined;
  const variable = variableOf(node, facts);
  if (variable) return knownText(variable, facts);
  const path = pathOf(node)?.join('.');
  if (path === 'object.kind' || path === 'request.kind.kind') return facts.kind;
  return path === 'object.apiVersion' ? facts.apiVersion : undefined;
}

function variableOf(node: Select, { variables }: Facts): Node | undefined {
  const { operand, field, mode } = node;
  const isVariable = operand.kind === 'identifier' && operand.name === 'variables';
  return isVariable && mode === 'plain' ? variables.get(field) : undefined;
}

/** Whether the kind has no such field, so that `has()` of it is never true. */
function lacks(node: Select, facts: Facts): boolean {
  const operand = typeAt(node.operand, facts);
  return operand?.kind === 'struct' && operand.fields?.has(node.field) === false;
}

function typeAt(node: Node, facts: Facts): Type | undefined {
  if (node.kind === 'identifier') return node.name === 'object' ? facts.type : undefined;
  if (node.kind !== 'select' || node.mode === 'test') return undefined;
  const variable = variableOf(node, facts);
  if (variable) return typeAt(variable, facts);
  const operand = typeAt(node.operand, facts);
  return operand?.kind === 'struct' ? operand.fields?.get(node.field) : undefined;
}

function pathOf(node: Node): string[] | undefined {
  if (node.kind === 'identifier') return [node.name];
  if (node.kind !== 'select' || node.mode !== 'plain') return undefined;
  const path = pathOf(node.operand);
  return path && [...path, node.field];
}
