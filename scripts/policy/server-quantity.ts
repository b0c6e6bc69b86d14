import { EvaluationError } from '../cel/errors.ts';
import { parseQuantity } from '../cel/quantity.ts';
import { isObject } from './objects.ts';
import { field } from './selectors.ts';

const nano = 1_000_000_000n;
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * A quantity as the API server writes it back: a string, in the largest unit that leaves a whole
 * number, in powers of 1024 where it was written so. What is no quantity stays as it is.
 */
export function canonicalQuantity(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const text = String(value);
  let nanos: bigint;
  try {
    nanos = parseQuantity(text).nanos;
  } catch (error) {
    if (error instanceof EvaluationError) return value;
    throw error;
  }
  if (nanos === 0n) return '0';
  const exponent = /\d[eE][+-]?\d+$/.test(text);
  if (exponent) return inExponents(nanos);
  const small = nanos > -1024n * nano && nanos < 1024n * nano;
  if (/[KMGTPE]i$/.test(text) && !small && nanos % nano === 0n) {
    return inUnits(nanos / nano, 1024n, binary);
  }
  return inUnits(nanos, 1000n, decimal);
}

/** Writes `requests` and `limits` as the API server does. */
export function canonicalResources(resources: unknown): void {
  canonicalMap(field(resources, 'requests'));
  canonicalMap(field(resources, 'limits'));
}

/** Writes every quantity of a map as the API server does, in place. */
export function canonicalMap(map: unknown): void {
  if (!isObject(map)) return;
  for (const [key, value] of Object.entries(map)) map[key] = canonicalQuantity(value);
}

function inUnits(value: bigint, base: bigint, units: readonly string[]): string {
  let rest = value;
  let unit = 0;
  while (rest % base === 0n && unit < units.length - 1) {
    rest /= base;
    unit += 1;
  }
  return `${rest}${units[unit]}`;
}

function inExponents(nanos: bigint): string {
  let rest = nanos;
  let exponent = -9;
  while (rest % 1000n === 0n) {
    rest /= 1000n;
    exponent += 3;
  }
  return exponent === 0 ? String(rest) : `${rest}e${exponent}`;
}
