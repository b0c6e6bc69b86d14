import { listAt } from '../../kubernetes/fields.ts';
import { CannotTell, TemplateFault } from '../go-template/errors.ts';
import { byBytes } from '../go-template/values.ts';
import type { Filler, Parameters } from './filler.ts';
import { completed, overridden } from './merge-maps.ts';
import { mostParameters } from './set-context.ts';

type Child = (index: number, given?: Parameters) => Parameters[];

/**
 * What `matrix` (each with each) or `merge` (one completed by others) makes of its children.
 *
 * @throws TemplateFault for what the controller refuses
 * @throws CannotTell when a matrix has more results than is worth following
 */
export function combined(
  name: 'matrix' | 'merge',
  generator: unknown,
  count: number,
  child: Child,
  filler: Filler,
): Parameters[] {
  if (count < 2) throw new TemplateFault(`${name} has ${count} generators and needs two`);
  if (name === 'merge') return mergedBy(listAt(generator, ['mergeKeys']), count, child, filler);
  if (count > 2) throw new TemplateFault(`matrix has ${count} generators and takes two`);
  const all: Parameters[] = [];
  for (const first of child(0)) {
    for (const second of child(1, first)) {
      all.push(filler.goTemplate ? completed(first, second) : joined(first, second));
      if (all.length > mostParameters) {
        throw new CannotTell(`the generator gives more than ${mostParameters} Applications`);
      }
    }
  }
  return all;
}

function joined(first: Parameters, second: Parameters): Parameters {
  for (const [key, value] of Object.entries(second)) {
    if (Object.hasOwn(first, key) && first[key] !== value) {
      throw new TemplateFault(`both generators give "${key}": "${first[key]}" and "${value}"`);
    }
  }
  return { ...first, ...second };
}

function mergedBy(
  mergeKeys: readonly unknown[],
  count: number,
  child: Child,
  { goTemplate }: Filler,
): Parameters[] {
  const keys = [...new Set(mergeKeys.map(String))].sort(byBytes);
  if (keys.length === 0) throw new TemplateFault('merge has no mergeKeys');
  let base = child(0);
  unique(base, keys, 0);
  for (let index = 1; index < count; index++) {
    const others = unique(child(index), keys, index);
    base = base.map((own) => {
      const other = others.get(keyOf(own, keys));
      if (!other) return own;
      return goTemplate ? overridden(own, other) : { ...own, ...other };
    });
  }
  return base;
}

function unique(
  all: readonly Parameters[],
  keys: readonly string[],
  index: number,
): Map<string, Parameters> {
  const byKey = new Map<string, Parameters>();
  for (const one of all) {
    const key = keyOf(one, keys);
    if (byKey.has(key)) {
      throw new TemplateFault(`generator ${index} of merge gives ${key} more than once`);
    }
    byKey.set(key, one);
  }
  return byKey;
}

function keyOf(parameters: Parameters, keys: readonly string[]): string {
  const values = keys.map((key) => [key, Object.hasOwn(parameters, key) ? parameters[key] : null]);
  return JSON.stringify(Object.fromEntries(values));
}
