import type { Base } from '../model.ts';
import { renderBase } from '../render-base.ts';
import { mergeBase } from '../shared/git.ts';
import type { ValidateOptions } from '../validate-options.ts';
import type { Option } from './command.ts';

/** Options that say what a change starts from. */
export const baseOptions: {
  readonly base: Option & { readonly type: 'string'; readonly multiple?: false };
} = {
  base: {
    type: 'string',
    value: 'ref',
    help: 'compare with the common commit with it, too',
  },
};

interface Values {
  readonly base?: string | undefined;
  readonly 'changed-since'?: string | undefined;
}

/**
 * Reads `--base` and, without it, `--changed-since`: what that commit renders to.
 *
 * @returns undefined when neither was asked for
 * @throws UserError when Git cannot say what was there
 */
export async function chooseBase(
  options: ValidateOptions,
  values: Values,
): Promise<Base | undefined> {
  const ref = values.base ?? values['changed-since'];
  if (ref === undefined) return undefined;
  const { root, paths = [], clusters = [], narrow } = options;
  const commit = await mergeBase(root, ref);
  return await renderBase(options, commit, !narrow && paths.length + clusters.length === 0);
}
