import type { TargetRule } from '../../model.ts';
import { failuresOf } from '../failures.ts';

const id = 'render/builds';

export const builds: TargetRule = {
  id,
  scope: 'target',
  severity: 'error',
  summary: 'Every target can be built by kustomize.',
  why: 'The engine runs the same build; what fails here is not applied there.',
  fix: 'Read what kustomize says; `presync render <target>` shows it again.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/',

  check: (rendered) => failuresOf(id, rendered),
};
