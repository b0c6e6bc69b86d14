import type { TargetRule } from '../../model.ts';

export const appliedAsWritten: TargetRule = {
  id: 'sync/applied-as-written',
  scope: 'target',
  severity: 'note',
  summary: 'What an engine puts into a target is in Git.',
  why: 'Flux takes variables from a Secret, or from a ConfigMap that is not in Git. Their values are not known here, so whatever comes of them is not checked.',
  fix: 'Keep what is no secret in a ConfigMap in Git, and let workloads read secrets by reference.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',

  *check({ target, failures }) {
    const { name, changedBy, syncedBy } = target;
    const [file] = syncedBy;
    if (!changedBy || file === undefined || failures.length > 0) return;
    const message = `what ${name} renders to depends on ${changedBy.join(' and ')}, whose values are not in Git`;
    yield { location: { file, line: 1, column: 1 }, message };
  },
};
