import type { TargetRule } from '../../model.ts';
import { failuresOf } from '../failures.ts';

const id = 'kustomization/no-remote';

export const noRemote: TargetRule = {
  id,
  scope: 'target',
  severity: 'error',
  summary: 'A kustomization fetches nothing.',
  why: 'What is fetched may change or be gone at the moment it is needed, and nobody reviewed it.',
  fix: 'Copy what you need into the repository, or allow the network with `--allow network`.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',

  check: (rendered) => failuresOf(id, rendered),
};
