import { isRecord, listAt, recordAt, valueAt } from '../../kubernetes/fields.ts';
import { mismatchOf } from '../../kubernetes/label-selectors.ts';
import type { FieldPath } from '../../model.ts';
import { CannotTell, located, TemplateFault } from '../go-template/errors.ts';
import { clusterParameters } from './cluster-generator.ts';
import { combined } from './combine.ts';
import { type Filler, fillAll, type Parameters } from './filler.ts';
import { flattened } from './flatten.ts';
import { gitParameters } from './git-generator.ts';
import { listParameters } from './list-generator.ts';
import { mostParameters, type SetContext } from './set-context.ts';

/** What all generators of one ApplicationSet share. */
export interface Expansion {
  readonly context: SetContext;
  readonly filler: Filler;
  /** Told what of the result cannot be known; the rest is still expanded. */
  onUnknown(message: string, path: FieldPath): void;
}

const known = ['list', 'git', 'clusters', 'matrix', 'merge'] as const;
const asking = ['scmProvider', 'pullRequest', 'clusterDecisionResource', 'plugin'];
/** A generator in a generator in a generator is the most there is. */
const deepest = 3;

/** The name of a generator and where it stands. */
export interface NamedGenerator {
  readonly name: string;
  readonly path: FieldPath;
}

/** The generators that one entry of a list of generators has: one, unless somebody errs. */
export function generatorsIn(entry: unknown, path: FieldPath): NamedGenerator[] {
  const names = isRecord(entry) ? Object.keys(entry) : [];
  return names
    .filter((name) => name !== 'selector' && valueAt(entry, [name]) !== null)
    .map((name) => ({ name, path: [...path, name] }));
}

/**
 * The parameters that one generator gives, its selector applied.
 *
 * @param entry the entry of the list of generators, with the generator by its name
 * @throws TemplateFault for what the controller refuses
 * @throws CannotTell for what is not in Git
 */
export function parametersOf(
  entry: unknown,
  { name, path }: NamedGenerator,
  expansion: Expansion,
  depth = 1,
): Parameters[] {
  return located(path, () => {
    const all = generate(entry, { name, path }, expansion, depth);
    if (all.length > mostParameters) {
      throw new CannotTell(`the generator gives more than ${mostParameters} Applications`);
    }
    const selector = valueAt(entry, ['selector']);
    if (!isRecord(selector)) return all;
    return all.filter((one) => mismatchOf(selector, flattened(one)) === undefined);
  });
}

function generate(
  entry: unknown,
  { name, path }: NamedGenerator,
  expansion: Expansion,
  depth: number,
): Parameters[] {
  const generator = recordAt(entry, [name]);
  if (asking.includes(name)) {
    throw new CannotTell(`what the generator ${name} finds is not in Git`);
  }
  if (!known.some((one) => one === name)) {
    throw new TemplateFault(`"${name}" is no generator`);
  }
  if (name === 'list') return listParameters(generator, expansion.filler);
  if (name === 'git') return gitParameters(generator, expansion);
  if (name === 'clusters') return clusterParameters(generator, path, expansion);
  if (depth > deepest) throw new TemplateFault('generators are nested too deeply');
  const children = listAt(generator, ['generators']);
  const child = (index: number, given?: Parameters): Parameters[] =>
    childParameters(children[index], [...path, 'generators', index], given, expansion, depth);
  return combined(name as 'matrix' | 'merge', generator, children.length, child, expansion.filler);
}

/** A generator in `matrix` or `merge`; in a matrix its own fields may use what came before. */
function childParameters(
  written: unknown,
  path: FieldPath,
  given: Parameters | undefined,
  expansion: Expansion,
  depth: number,
): Parameters[] {
  return located(path, () => {
    const hasGiven = given && Object.keys(given).length > 0;
    const entry = hasGiven ? fillAll(written, given, expansion.filler) : written;
    const found = generatorsIn(entry, path);
    const [only] = found;
    if (!only) throw new TemplateFault('the child generator is none');
    if (found.length > 1) throw new TemplateFault('one entry has several generators');
    return parametersOf(entry, only, expansion, depth + 1);
  });
}
