import type { RepositoryRule } from '../../model.ts';

export const kustomizeVersion: RepositoryRule = {
  id: 'render/kustomize-version',
  scope: 'repository',
  severity: 'warning',
  summary: 'Targets are rendered by the kustomize version that their cluster runs.',
  why: 'Kustomize versions render some files differently, so that what was checked is not what is applied.',
  fix: 'Use that version here, or correct `kustomize` in the file when the engine was upgraded.',
  docs: 'https://github.com/kubernetes-sigs/kustomize/releases',

  *check({ clusters, rendered, kustomizeVersion: used }) {
    for (const { name, file, kustomize } of clusters) {
      const isRendered = rendered.some(({ target }) => target.clusters.includes(name));
      if (!used || !kustomize || kustomize === used || !isRendered) continue;
      const message = `cluster ${name} runs kustomize ${kustomize}, and this run used ${used}`;
      yield { location: { file, line: 1, column: 1 }, message };
    }
  },
};
