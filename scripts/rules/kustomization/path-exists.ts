import type { TargetRule } from '../../model.ts';
import { failuresOf } from '../failures.ts';

const id = 'kustomization/path-exists';

export const pathExists: TargetRule = {
  id,
  scope: 'target',
  severity: 'error',
  summary: 'Everything that a kustomization names is there.',
  why: 'Kustomize refuses the whole build when one file is missing, and the engine keeps the last state.',
  fix: 'Correct the path, or remove the entry.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',

  check: (rendered) => failuresOf(id, rendered),
};
