import { dyn, sameType, type Type } from './types.ts';

/** What type parameters stand for, as far as checking has found out. */
export type Substitution = ReadonlyMap<string, Type>;

/**
 * Whether a value of one type may stand where the other is wanted. Gives the substitution that
 * makes it so, or nothing where there is none.
 */
export function assign(known: Substitution, one: Type, other: Type): Substitution | undefined {
  return assignAll(known, [one], [other]);
}

/** Like `assign`, for the arguments of a call. */
export function assignAll(
  known: Substitution,
  ones: readonly Type[],
  others: readonly Type[],
): Substitution | undefined {
  const found = new Map(known);
  if (ones.length !== others.length) return undefined;
  return ones.every((one, index) => fits(found, one, others[index] as Type)) ? found : undefined;
}

/** A type with its parameters replaced; unknown ones become `dyn` on demand. */
export function substitute(known: Substitution, type: Type, unknownToDyn: boolean): Type {
  if (type.kind === 'parameter') {
    const found = known.get(type.name);
    if (found) return substitute(known, found, unknownToDyn);
    return unknownToDyn ? dyn : type;
  }
  if (type.parameters.length === 0) return type;
  const parameters = type.parameters.map((each) => substitute(known, each, unknownToDyn));
  return { ...type, parameters };
}

/** The less specific of two types that fit each other. */
export function mostGeneral(one: Type, other: Type): Type {
  return lessSpecific(one, other) ? one : other;
}

type Found = Map<string, Type>;

function fits(found: Found, one: Type, other: Type): boolean {
  if (other.kind === 'parameter') {
    const { valid, known } = standsFor(found, one, other);
    if (valid) return true;
    if (known) return false;
  }
  if (one.kind === 'parameter') return standsFor(found, other, one).valid;
  if (isWild(one) || isWild(other)) return true;
  if (one.kind === 'null') return acceptsNull(other);
  if (other.kind === 'null') return acceptsNull(one);
  if (one.kind !== other.kind || one.name !== other.name) return false;
  if (one.kind === 'type') return true;
  return (
    one.parameters.length === other.parameters.length &&
    one.parameters.every((type, index) => fits(found, type, other.parameters[index] as Type))
  );
}

function standsFor(found: Found, type: Type, parameter: Type): { valid: boolean; known: boolean } {
  if (type.kind === parameter.kind && sameType(type, parameter))
    return { valid: true, known: true };
  const known = found.get(parameter.name);
  if (known) {
    if (sameType(type, known)) return { valid: true, known: true };
    if (!fits(found, type, known)) return { valid: false, known: true };
    const general = mostGeneral(type, known);
    if (!mentions(found, parameter, general)) found.set(parameter.name, general);
    return { valid: true, known: true };
  }
  if (mentions(found, parameter, type)) return { valid: false, known: false };
  found.set(parameter.name, type);
  return { valid: true, known: false };
}

/** Whether a parameter occurs in a type, which it then cannot stand for. */
function mentions(found: Found, parameter: Type, type: Type): boolean {
  if (sameType(parameter, type)) return true;
  if (type.kind === 'parameter') {
    const known = found.get(type.name);
    return known !== undefined && mentions(found, parameter, known);
  }
  return type.parameters.some((each) => mentions(found, parameter, each));
}

function isWild({ kind }: Type): boolean {
  return kind === 'dyn' || kind === 'error';
}

function acceptsNull({ kind, name }: Type): boolean {
  if (kind === 'primitive') return name === 'timestamp' || name === 'duration';
  return kind === 'null' || kind === 'opaque' || kind === 'struct';
}

function lessSpecific(one: Type, other: Type): boolean {
  if (one.kind === 'dyn' || one.kind === 'parameter') return true;
  if (other.kind === 'dyn' || other.kind === 'parameter') return false;
  if (one.kind !== other.kind || one.name !== other.name) return false;
  if (one.kind === 'type') return true;
  return one.parameters.every((type, index) => lessSpecific(type, other.parameters[index] as Type));
}
