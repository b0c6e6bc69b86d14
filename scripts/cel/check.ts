import type { ListLiteral, MapLiteral, Node, OptionalMap, Select } from './ast.ts';
import { checkCall, noOverload } from './check-call.ts';
import { checkFold } from './check-fold.ts';
import {
  assignable,
  type Checker,
  demandType,
  freshParameter,
  type Reference,
  report,
  resolve,
  undeclared,
  withVariables,
} from './checker.ts';
import type { Environment } from './environment.ts';
import type { Problem } from './issues.ts';
import { mostGeneral } from './substitution.ts';
import * as t from './types.ts';
import { isUint, typeName, type Value } from './values.ts';

/** A tree with the type of every node, what names mean, and what is wrong. */
export interface Checked {
  readonly types: ReadonlyMap<Node, t.Type>;
  readonly references: ReadonlyMap<Node, Reference>;
  readonly slots: ReadonlyMap<Node, number>;
  readonly functions: Environment['functions'];
  readonly problems: readonly Problem[];
}

/** Finds the type of every node and the overloads of every call. */
export function check(environment: Environment, tree: Node): Checked {
  const checker: Checker = {
    environment,
    problems: [],
    types: new Map(),
    references: new Map(),
    scopes: [],
    slots: new Map(),
    substitution: new Map(),
    fresh: 0,
    check: checkNode,
  };
  checkNode(checker, tree);
  const types = new Map<Node, t.Type>();
  for (const [node, type] of checker.types) types.set(node, resolve(checker, type, true));
  return { ...checker, types, functions: environment.functions };
}

function checkNode(checker: Checker, node: Node): t.Type {
  const type = typeOfNode(checker, node);
  checker.types.set(node, type);
  return type;
}

function typeOfNode(checker: Checker, node: Node): t.Type {
  switch (node.kind) {
    case 'constant':
      return constantType(node.value);
    case 'identifier':
      return nameType(checker, node, node.name) ?? undeclared(checker, node, node.name);
    case 'select':
      return selectType(checker, node);
    case 'call':
      if (node.name === '_[?_]') refuseOptional(checker, node, '[?');
      return checkCall(checker, node);
    case 'list':
      return listType(checker, node);
    case 'map':
      return mapType(checker, node);
    case 'struct':
      for (const value of node.values) checkNode(checker, value);
      return undeclared(checker, node, node.name);
    case 'fold':
      return checkFold(checker, node);
    case 'optional-map':
      return optionalMapType(checker, node);
  }
}

function constantType(value: Value): t.Type {
  return t.parseType(value === null ? 'null' : isUint(value) ? 'uint' : typeName(value));
}

function nameType(checker: Checker, node: Node, name: string): t.Type | undefined {
  const { environment, references, scopes } = checker;
  const local = scopes.findLast((scope) => scope.name === name);
  if (local) {
    references.set(node, { kind: 'local', slot: local.slot });
    return local.type;
  }
  const plain = name.replace(/^\./, '');
  const variable = environment.variables.get(plain);
  if (variable) {
    references.set(node, { kind: 'variable', name: plain });
    return variable;
  }
  const type = environment.types.get(plain);
  if (type) references.set(node, { kind: 'type', value: type.value });
  return type?.type;
}

/** The dotted name a chain of fields spells, where it is nothing else. */
function dottedName(node: Node): string | undefined {
  if (node.kind === 'identifier') return node.name;
  if (node.kind !== 'select' || node.mode !== 'plain') return undefined;
  const prefix = dottedName(node.operand);
  return prefix && `${prefix}.${node.field}`;
}

/** Optionals came with this minor version. */
const optionals = 28;

function selectType(checker: Checker, node: Select): t.Type {
  if (node.mode === 'optional') refuseOptional(checker, node, '.?');
  const name = dottedName(node);
  const known = name ? nameType(checker, node, name) : undefined;
  if (known) return known;
  const operand = resolve(checker, checkNode(checker, node.operand));
  const inside = t.unwrapOptional(operand);
  const field = fieldType(checker, node, inside ?? operand);
  if (node.mode === 'test') return t.bool;
  return inside || node.mode === 'optional' ? t.optionalType(field) : field;
}

function fieldType(checker: Checker, node: Select, type: t.Type): t.Type {
  switch (type.kind) {
    case 'map':
      return type.parameters[1] as t.Type;
    case 'struct':
      return (
        type.fields?.get(node.field) ?? report(checker, node, `undefined field '${node.field}'`)
      );
    case 'parameter':
      assignable(checker, t.dyn, type);
      return t.dyn;
    case 'dyn':
    case 'error':
      return t.dyn;
    default:
      report(checker, node, `type '${t.formatType(type)}' does not support field selection`);
      return t.dyn;
  }
}

function refuseOptional(checker: Checker, node: Node, syntax: string): void {
  if (checker.environment.minor < optionals) {
    report(checker, node, `unsupported syntax '${syntax}'`);
  }
}

function listType(checker: Checker, { items }: ListLiteral): t.Type {
  let element: t.Type | undefined;
  for (const { value, optional } of items) {
    const type = itemType(checker, value, checkNode(checker, value), optional);
    element = joined(checker, element, type);
  }
  return t.listOf(element ?? freshParameter(checker));
}

function mapType(checker: Checker, { entries }: MapLiteral): t.Type {
  let keys: t.Type | undefined;
  let values: t.Type | undefined;
  for (const { key, value, optional } of entries) {
    keys = joined(checker, keys, checkNode(checker, key));
    values = joined(checker, values, itemType(checker, value, checkNode(checker, value), optional));
  }
  return t.mapOf(keys ?? freshParameter(checker), values ?? freshParameter(checker));
}

function itemType(checker: Checker, node: Node, type: t.Type, optional: boolean): t.Type {
  if (!optional) return type;
  refuseOptional(checker, node, '?');
  const inside = t.unwrapOptional(resolve(checker, type));
  if (!inside && type.kind !== 'dyn') demandType(checker, node, type, t.optionalType(type));
  return inside ?? type;
}

function joined(checker: Checker, known: t.Type | undefined, type: t.Type): t.Type {
  if (!known) return type;
  return assignable(checker, known, type) ? mostGeneral(known, type) : t.dyn;
}

function optionalMapType(checker: Checker, node: OptionalMap): t.Type {
  const target = resolve(checker, checkNode(checker, node.target));
  const inside = t.unwrapOptional(target);
  const macro = node.flat ? 'optFlatMap' : 'optMap';
  if (checker.environment.minor < optionals) return undeclared(checker, node, macro);
  if (!inside && target.kind !== 'dyn' && target.kind !== 'error') {
    return noOverload(checker, node, 'hasValue', [target], true);
  }
  const variable = [node.variable, inside ?? t.dyn] as const;
  const body = withVariables(checker, node, [variable], () => checkNode(checker, node.body));
  if (!node.flat) return t.optionalType(body);
  const whole = t.optionalType(freshParameter(checker));
  if (assignable(checker, whole, body)) return resolve(checker, body);
  return noOverload(checker, node, '_?_:_', [t.bool, body, whole], false);
}
