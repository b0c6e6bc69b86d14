import type { TargetRule } from '../../model.ts';
import { failuresOf } from '../failures.ts';

const id = 'kustomization/no-plugins';

export const noPlugins: TargetRule = {
  id,
  scope: 'target',
  severity: 'error',
  summary: 'A kustomization starts no other program.',
  why: 'A plugin runs with the rights of whoever builds, and neither engine runs it unless told to.',
  fix: 'Let the engine install the chart, or allow helm with `--allow helm`.',
  docs: 'https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_helmchartinflationgenerator_',

  check: (rendered) => failuresOf(id, rendered),
};
