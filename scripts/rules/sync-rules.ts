import type { Rule } from '../model.ts';
import { appliedAsWritten } from './sync/applied-as-written.ts';
import { pathExists as syncedPathExists } from './sync/path-exists.ts';
import { variablesDefined } from './sync/variables-defined.ts';

/** Rules about what Argo CD and Flux apply, and in which order. */
export function syncRules(): readonly Rule[] {
  return [syncedPathExists, variablesDefined, appliedAsWritten];
}
