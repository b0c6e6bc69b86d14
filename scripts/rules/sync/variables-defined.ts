import type { TargetRule } from '../../model.ts';

export const variablesDefined: TargetRule = {
  id: 'sync/variables-defined',
  scope: 'target',
  severity: 'error',
  summary: 'Every variable that Flux substitutes has a value and is written in its grammar.',
  why: 'Since Flux 2.9 a variable without a value fails the whole Kustomization; before, it became an empty text without a word. Shell code in a ConfigMap looks the same to Flux.',
  fix: 'Set it under `spec.postBuild.substitute`, give it a default, or write `$${NAME}` for what is to stay.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',

  *check({ variableProblems = [] }) {
    yield* variableProblems;
  },
};
