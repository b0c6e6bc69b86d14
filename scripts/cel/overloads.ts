import { parseType, splitTypes, type Type } from './types.ts';
import type { Value } from './values.ts';

/** One signature of a function. */
export interface Overload {
  readonly member: boolean;
  /** The types of its arguments; a method's target is the first. */
  readonly args: readonly Type[];
  readonly result: Type;
  /** Its own code; a function whose code serves all its overloads has `shared` instead. */
  readonly run?: Run;
  /** The names of its type parameters. */
  readonly parameters: readonly string[];
}

/** The code of a function; throws an `EvaluationError`. */
export type Run = (...args: Value[]) => Value;

/** A function or operator: its name and its signatures. */
export interface FunctionDeclaration {
  readonly name: string;
  readonly overloads: readonly Overload[];
  /** Code for every overload, which looks at the values itself. */
  readonly shared?: Run;
}

/** A part of the environment that came with one Kubernetes version. */
export interface Library {
  /** The minor version of Kubernetes 1 from which on new expressions may use it. */
  readonly since: number;
  /** The first minor version without it, where a later library replaces it. */
  readonly until?: number;
  readonly functions: readonly FunctionDeclaration[];
  /** Names of types that become identifiers. */
  readonly types?: readonly string[];
}

/**
 * Declares a function by the signatures of its overloads with their code:
 * `(string, int) -> bool` for a function, `string.(int) -> bool` for a method.
 */
export function declare(
  name: string,
  overloads: Record<string, (...args: never[]) => Value>,
): FunctionDeclaration {
  return {
    name,
    overloads: Object.entries(overloads).map(([signature, run]) => ({
      ...readSignature(signature),
      run: run as Run,
    })),
  };
}

/** Declares a function whose overloads share their code. */
export function declareShared(
  name: string,
  signatures: readonly string[],
  shared: (...args: never[]) => Value,
): FunctionDeclaration {
  return { name, overloads: signatures.map(readSignature), shared: shared as Run };
}

function readSignature(signature: string): Overload {
  const arrow = signature.indexOf(' -> ');
  const left = signature.slice(0, arrow);
  const method = left.startsWith('(') ? -1 : left.lastIndexOf('.(');
  const target = method === -1 ? [] : [left.slice(0, method)];
  const rest = left.slice(method + 2, -1);
  const args = [...target, ...splitTypes(rest)].map(parseType);
  const result = parseType(signature.slice(arrow + 4));
  const parameters = [...new Set(signature.match(/\b[A-Z]\b/g))];
  return { member: method !== -1, args, result, parameters };
}
