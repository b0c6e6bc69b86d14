import type { Rule } from '../model.ts';
import { baselineCurrent } from './suppressions/baseline-current.ts';
import { current } from './suppressions/current.ts';
import { known } from './suppressions/known.ts';
import { used } from './suppressions/used.ts';
import { wellFormed } from './suppressions/well-formed.ts';

/** Rules about what suppresses findings: comments and the baseline. */
export function suppressionRules(): readonly Rule[] {
  return [wellFormed, known, current, used, baselineCurrent];
}
