import { libraries } from './library/libraries.ts';
import type { FunctionDeclaration } from './overloads.ts';
import { dyn, listOf, mapOf, parseType, type Type, typeOf } from './types.ts';
import { typeValue, type Value } from './values.ts';

/** What an expression may use: functions, types and variables. */
export interface Environment {
  /** The minor version of Kubernetes 1. */
  readonly minor: number;
  readonly functions: ReadonlyMap<string, FunctionDeclaration>;
  /** Identifiers that are types. */
  readonly types: ReadonlyMap<string, { readonly type: Type; readonly value: Value }>;
  readonly variables: ReadonlyMap<string, Type>;
}

const newest = 36;
const perMinor = new Map<number, Pick<Environment, 'minor' | 'functions' | 'types'>>();

/**
 * The environment of a Kubernetes version (`1.34`, `v1.34.2`; the newest known where none is
 * given) with its variables.
 */
export function environment(
  version: string | undefined,
  variables: ReadonlyMap<string, Type>,
): Environment {
  const minor = minorOf(version);
  const parts = perMinor.get(minor) ?? build(minor);
  perMinor.set(minor, parts);
  return { ...parts, variables };
}

/**
 * The oldest minor version since which expressions mean what they do in a version: what compiled
 * for one of two with the same need not be compiled for the other.
 */
export function languageOf(version: string | undefined): number {
  return Math.min(minorOf(version), lastChange);
}

/** Syntax and macros changed last before the libraries did. */
const lastChange = Math.max(...libraries.flatMap(({ since, until = 0 }) => [since, until]));

function minorOf(version: string | undefined): number {
  return Number(/^v?1\.(\d+)/.exec(version ?? '')?.[1] ?? newest);
}

function build(minor: number): Pick<Environment, 'minor' | 'functions' | 'types'> {
  const functions = new Map<string, FunctionDeclaration>();
  const types = new Map(standardTypes);
  for (const library of libraries) {
    if (minor < library.since || minor >= (library.until ?? Number.POSITIVE_INFINITY)) continue;
    for (const name of library.types ?? []) types.set(name, entry(name, parseType(name)));
    for (const declared of library.functions) {
      const known = functions.get(declared.name);
      const overloads = [...(known?.overloads ?? []), ...declared.overloads];
      functions.set(declared.name, { ...known, ...declared, overloads });
    }
  }
  return { minor, functions, types };
}

function entry(name: string, type: Type): { type: Type; value: Value } {
  return { type: typeOf(type), value: typeValue(name) };
}

const standardTypes = new Map<string, { type: Type; value: Value }>([
  ...['bool', 'int', 'uint', 'double', 'string', 'bytes'].map(
    (name) => [name, entry(name, parseType(name))] as const,
  ),
  ['null_type', entry('null_type', parseType('null'))],
  ['list', entry('list', listOf(dyn))],
  ['map', entry('map', mapOf(dyn, dyn))],
  ['type', entry('type', { ...typeOf(dyn), parameters: [] })],
  ['google.protobuf.Timestamp', entry('google.protobuf.Timestamp', parseType('timestamp'))],
  ['google.protobuf.Duration', entry('google.protobuf.Duration', parseType('duration'))],
]);
