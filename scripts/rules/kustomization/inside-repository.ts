import type { TargetRule } from '../../model.ts';
import { failuresOf } from '../failures.ts';

const id = 'kustomization/inside-repository';

export const insideRepository: TargetRule = {
  id,
  scope: 'target',
  severity: 'error',
  summary: 'A kustomization reads only what is in the repository.',
  why: 'What lies outside is not in the commit: the engine does not find it, and a stranger could read files of the machine.',
  fix: 'Move it into the repository and name it by a relative path.',
  docs: 'https://kubectl.docs.kubernetes.io/faq/kustomize/#security-file-foo-is-not-in-or-below-bar',

  check: (rendered) => failuresOf(id, rendered),
};
