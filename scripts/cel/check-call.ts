import type { Call, Node } from './ast.ts';
import {
  type Checker,
  demandType,
  freshParameter,
  report,
  resolve,
  undeclared,
} from './checker.ts';
import type { FunctionDeclaration, Overload } from './overloads.ts';
import { assignAll, substitute } from './substitution.ts';
import { bool, dyn, errorType, formatType, sameType, type Type } from './types.ts';

/** Checks a call: of a function in a namespace (`sets.contains`), a method, or a function. */
export function checkCall(checker: Checker, node: Call): Type {
  const { args, name, target } = node;
  const { functions } = checker.environment;
  if (name === '_&&_' || name === '_||_') return checkLogical(checker, node);
  const types = args.map((arg) => checker.check(checker, arg));
  if (!target) {
    const found = functions.get(name);
    return found
      ? resolveCall(checker, node, found, args, types, false)
      : undeclared(checker, node, name);
  }
  const prefix = namespaceOf(checker, target);
  const qualified = prefix && functions.get(`${prefix}.${name}`);
  if (qualified) return resolveCall(checker, node, qualified, args, types, false);
  const targetType = checker.check(checker, target);
  const method = functions.get(name);
  if (!method) return undeclared(checker, node, name);
  return resolveCall(checker, node, method, [target, ...args], [targetType, ...types], true);
}

/** Records a call that no overload takes. */
export function noOverload(
  checker: Checker,
  node: Node,
  name: string,
  types: readonly Type[],
  member: boolean,
): Type {
  const shown = types.map((type) => formatType(resolve(checker, type, true)));
  const signature = member ? `${shown[0]}.(${shown.slice(1).join(', ')})` : `(${shown.join(', ')})`;
  return report(
    checker,
    node,
    `found no matching overload for '${name}' applied to '${signature}'`,
  );
}

function checkLogical(checker: Checker, node: Call): Type {
  let valid = true;
  for (const arg of node.args) {
    valid = demandType(checker, arg, checker.check(checker, arg), bool) && valid;
  }
  checker.references.set(node, { kind: 'call', name: node.name, overloads: [], args: node.args });
  return valid ? bool : errorType;
}

function namespaceOf(checker: Checker, target: Node): string | undefined {
  if (target.kind === 'identifier') {
    const shadowed = checker.scopes.some(({ name }) => name === target.name);
    return shadowed ? undefined : target.name;
  }
  if (target.kind !== 'select' || target.mode !== 'plain') return undefined;
  const prefix = namespaceOf(checker, target.operand);
  return prefix && `${prefix}.${target.field}`;
}

function resolveCall(
  checker: Checker,
  node: Node,
  { name, overloads }: FunctionDeclaration,
  args: readonly Node[],
  types: readonly Type[],
  member: boolean,
): Type {
  const matching: Overload[] = [];
  let result: Type | undefined;
  for (const overload of overloads) {
    if (overload.member !== member || overload.args.length !== types.length) continue;
    const fresh = instantiate(checker, overload);
    const found = assignAll(checker.substitution, types, fresh.args);
    if (!found) continue;
    checker.substitution = found;
    matching.push(overload);
    const type = substitute(found, fresh.result, false);
    if (!result) result = type;
    else if (result.kind !== 'dyn' && !sameType(type, result)) result = dyn;
  }
  if (!result) return noOverload(checker, node, name, types, member);
  checker.references.set(node, { kind: 'call', name, overloads: matching, args });
  return result;
}

function instantiate(checker: Checker, overload: Overload): Pick<Overload, 'args' | 'result'> {
  if (overload.parameters.length === 0) return overload;
  const fresh = new Map(overload.parameters.map((name) => [name, freshParameter(checker)]));
  return {
    args: overload.args.map((type) => substitute(fresh, type, false)),
    result: substitute(fresh, overload.result, false),
  };
}
