import { isDeepStrictEqual } from 'node:util';
import { isRecord, valueAt } from '../../scripts/kubernetes/fields.ts';
import type { FieldPath, Manifest } from '../../scripts/model.ts';

export type Environment = 'dev' | 'staging' | 'prod';

/** What one overlay renders to. */
export interface System {
  readonly name: string;
  readonly environment: Environment;
  readonly manifests: readonly Manifest[];
}

/** Looks at a render and says what is wrong with it. */
export type Check = (system: System) => string[];

/** One row of the description of a system, as a check. */
export interface Row {
  readonly says: string;
  /** Where it holds; prod when nothing is said. */
  readonly environments?: readonly Environment[];
  readonly check: Check;
}

export const everywhere: readonly Environment[] = ['dev', 'staging', 'prod'];

/** All manifests of a kind. */
export function all({ manifests }: System, ...kinds: readonly string[]): Manifest[] {
  return manifests.filter(({ kind }) => kinds.includes(kind));
}

/** The manifest of a kind and name; that of a generated ConfigMap may end in a hash. */
function find(system: System, kind: string, name: string): Manifest | undefined {
  const isGenerated = (other: string) =>
    kind === 'ConfigMap' && /^-[a-z0-9]{10}$/.test(other.slice(name.length));
  return all(system, kind).find(
    (one) => one.name === name || (one.name.startsWith(name) && isGenerated(one.name)),
  );
}

/** All of these checks as one. */
export function every(...checks: readonly Check[]): Check {
  return (system) => checks.flatMap((check) => check(system));
}

/**
 * The object is there and has at least these fields. Of a list each expected item is one
 * of the actual ones, `exactly` says that there are no others.
 */
export function has(kind: string, name: string, expected: unknown = {}): Check {
  return (system) => {
    const manifest = find(system, kind, name);
    if (!manifest) return [`${kind} ${name} is missing`];
    return differences(manifest.data, expected).map((text) => `${kind} ${name}: ${text}`);
  };
}

/** There is no such object. */
export function hasNo(kind: string, name?: string): Check {
  return (system) =>
    all(system, kind)
      .filter((one) => name === undefined || one.name === name)
      .map((one) => `${kind} ${one.name} is there`);
}

/** The first container has at least these fields. */
export function container(kind: string, name: string, expected: unknown): Check {
  return has(kind, name, { spec: { template: { spec: { containers: [expected] } } } });
}

const exact = Symbol('exactly');

/** A list that has these items, in any order, and no others. */
export function exactly(...items: readonly unknown[]): unknown {
  return { [exact]: items };
}

/** The field is not there. */
export const absent: unique symbol = Symbol('absent');

function differences(actual: unknown, expected: unknown, path: FieldPath = []): string[] {
  const at = path.join('.') || 'it';
  if (expected === absent) return actual === undefined ? [] : [`${at} is ${text(actual)}`];
  if (expected instanceof RegExp) {
    return expected.test(String(actual)) ? [] : [`${at} is ${text(actual)}, not ${expected}`];
  }
  if (Array.isArray(expected)) return missingItems(actual, expected, at);
  if (isRecord(expected) && exact in expected) {
    const items = expected[exact as unknown as string] as readonly unknown[];
    const length = Array.isArray(actual) ? actual.length : 0;
    const count = length === items.length ? [] : [`${at} has ${length} items, not ${items.length}`];
    return [...count, ...missingItems(actual, items, at)];
  }
  if (isRecord(expected)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(valueAt(actual, [key]), value, [...path, key]),
    );
  }
  const same = isDeepStrictEqual(actual, expected) || amount(actual) === amount(expected);
  return same ? [] : [`${at} is ${text(actual)}, not ${text(expected)}`];
}

function missingItems(actual: unknown, expected: readonly unknown[], at: string): string[] {
  const items = Array.isArray(actual) ? actual : [];
  return expected
    .filter((item) => !items.some((one) => differences(one, item).length === 0))
    .map((item) => `${at} has no ${text(item)}`);
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, one) => (one instanceof RegExp ? String(one) : one)) ?? 'absent';
}

const factors: Readonly<Record<string, number>> = {
  m: 1 / 1000,
  '': 1,
  k: 1000,
  M: 1000 ** 2,
  G: 1000 ** 3,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** A quantity as a number, so that `1` and `1000m` are the same; NaN for anything else. */
function amount(value: unknown): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(m|[kMG]|[KMGT]i)?$/.exec(String(value)) ?? [];
  const factor = factors[unit];
  return number === undefined || factor === undefined
    ? Number.NaN
    : Math.round(Number(number) * factor * 1000) / 1000;
}
