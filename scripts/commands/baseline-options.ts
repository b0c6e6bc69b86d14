import { type Baseline, baselineName, readBaseline } from '../check/baseline.ts';
import type { Config } from '../config/config.ts';
import { UserError } from '../shared/errors.ts';
import type { Option } from './command.ts';

const topic = 'Less';

/** Options that say which findings a repository lives with for now. */
export const baselineOptions: {
  readonly baseline: Option & { readonly type: 'string'; readonly multiple?: false };
  readonly 'no-baseline': Option & { readonly type: 'boolean'; readonly multiple?: false };
} = {
  baseline: { type: 'string', value: 'file', help: `take this for ${baselineName}`, topic },
  'no-baseline': { type: 'boolean', help: 'as if there were no baseline', topic },
};

interface Values {
  readonly baseline?: string | undefined;
  readonly 'no-baseline'?: boolean | undefined;
}

/**
 * The baseline of a run: the one named, else the configured one, else the one in the root.
 *
 * @throws UserError when one that was named is none
 */
export function chooseBaseline(
  root: string,
  values: Values,
  { baseline: configured }: Config,
): Baseline | undefined {
  const { baseline: named, 'no-baseline': none } = values;
  if (none && named !== undefined) {
    throw new UserError('--baseline and --no-baseline contradict each other');
  }
  if (none) return undefined;
  if (named !== undefined) return readBaseline(root, named, true);
  if (configured === false) return undefined;
  return readBaseline(root, configured ?? baselineName, configured !== undefined);
}
