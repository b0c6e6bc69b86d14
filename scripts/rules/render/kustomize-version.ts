import type { RepositoryRule, Target } from '../../model.ts';

export const kustomizeVersion: RepositoryRule = {
  id: 'render/kustomize-version',
  scope: 'repository',
  severity: 'warning',
  summary: 'Targets are rendered by the kustomize version that their cluster runs.',
  why: 'Kustomize versions render some files differently, so that what was checked is not what is applied.',
  fix: 'Use that version here, or correct `kustomize` in the file when the engine was upgraded.',
  docs: 'https://github.com/kubernetes-sigs/kustomize/releases',

  *check({ clusters, rendered, kustomizeVersion: used }) {
    if (!rendered.some(({ target, failures }) => isBuilt(target) && failures.length === 0)) return;
    for (const { name, file, kustomize } of clusters) {
      const isRendered = rendered.some(({ target }) => target.clusters.includes(name));
      if (!kustomize || kustomize === used || !isRendered) continue;
      const message = `cluster ${name} runs kustomize ${kustomize}, and this run used ${used ?? 'one that does not tell its version'}`;
      yield { location: { file, line: 1, column: 1 }, message };
    }
  },
};

function isBuilt({ kind }: Target): boolean {
  return kind === 'kustomization';
}
