import type { Node } from './ast.ts';
import type { Environment } from './environment.ts';
import type { Problem } from './issues.ts';
import type { Overload } from './overloads.ts';
import { assign, type Substitution, substitute } from './substitution.ts';
import { errorType, formatType, parameter, type Type } from './types.ts';
import type { Value } from './values.ts';

/** What a name or a call turned out to mean. */
export type Reference =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'local'; readonly slot: number }
  | { readonly kind: 'type'; readonly value: Value }
  | CallReference;

/** The function of a call and the overloads that its arguments' types allow. */
export interface CallReference {
  readonly kind: 'call';
  readonly name: string;
  readonly overloads: readonly Overload[];
  readonly args: readonly Node[];
}

/** Where a check stands. */
export interface Checker {
  readonly environment: Environment;
  readonly problems: Problem[];
  readonly types: Map<Node, Type>;
  readonly references: Map<Node, Reference>;
  readonly scopes: { readonly name: string; readonly slot: number; readonly type: Type }[];
  /** The slot of the macro variables of each fold. */
  readonly slots: Map<Node, number>;
  substitution: Substitution;
  fresh: number;
  readonly check: (checker: Checker, node: Node) => Type;
}

/** Records a problem; its type is then accepted everywhere. */
export function report(checker: Checker, node: Node, message: string): Type {
  checker.problems.push({ message, at: node.at });
  return errorType;
}

/** Records a name that means nothing. */
export function undeclared(checker: Checker, node: Node, name: string): Type {
  return report(checker, node, `undeclared reference to '${name}' (in container '')`);
}

/** A type parameter that nobody else uses. */
export function freshParameter(checker: Checker): Type {
  checker.fresh += 1;
  return parameter(`_var${checker.fresh}`);
}

/** Whether a type may stand for another; what follows for type parameters is remembered. */
export function assignable(checker: Checker, one: Type, other: Type): boolean {
  const found = assign(checker.substitution, one, other);
  if (found) checker.substitution = found;
  return found !== undefined;
}

/** Records a problem where an expression is not of the type wanted. */
export function demandType(checker: Checker, node: Node, actual: Type, wanted: Type): boolean {
  if (assignable(checker, wanted, actual)) return true;
  report(
    checker,
    node,
    `expected type '${formatType(wanted)}' but found '${formatType(resolve(checker, actual, true))}'`,
  );
  return false;
}

/** A type with what is known of its parameters put in. */
export function resolve(checker: Checker, type: Type, unknownToDyn = false): Type {
  return substitute(checker.substitution, type, unknownToDyn);
}

/** Runs a step with macro variables in scope. */
export function withVariables<T>(
  checker: Checker,
  node: Node,
  variables: readonly (readonly [string, Type])[],
  step: () => T,
): T {
  const { scopes } = checker;
  checker.slots.set(node, scopes.length);
  for (const [name, type] of variables) scopes.push({ name, type, slot: scopes.length });
  const result = step();
  scopes.length -= variables.length;
  return result;
}
