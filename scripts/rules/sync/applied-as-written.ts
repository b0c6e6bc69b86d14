import type { TargetRule } from '../../model.ts';

export const appliedAsWritten: TargetRule = {
  id: 'sync/applied-as-written',
  scope: 'target',
  severity: 'note',
  summary: 'What an engine applies is what its path renders to.',
  why: 'Patches, images and substitutions in an Application or a Flux Kustomization are not applied here yet, so nothing sure can be said of that target and its other findings are left out.',
  fix: 'Move them into an overlay, where every tool sees them.',
  docs: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#patches',

  *check({ target, failures }) {
    const { path, changedBy, syncedBy } = target;
    const [file] = syncedBy;
    if (!changedBy || file === undefined || failures.length > 0) return;
    const message = `what ${path} renders to is changed by ${changedBy.join(' and ')}, so it is not checked`;
    yield { location: { file, line: 1, column: 1 }, message };
  },
};
