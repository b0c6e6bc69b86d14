import type { RepositoryRule } from '../../model.ts';

/** @param versions Kubernetes minors that schemas are known for, ascending */
export function versionKnown(versions: readonly string[]): RepositoryRule {
  return {
    id: 'schema/version-known',
    scope: 'repository',
    severity: 'note',
    summary: 'The Kubernetes version of a cluster is one that schemas are known for.',
    why: 'Another version has to stand in, which may know a field less or a removed kind more.',
    fix: 'Nothing to mend; read findings about new fields and kinds with care.',
    docs: 'https://kubernetes.io/releases/',

    *check({ clusters, rendered }) {
      for (const { name, file, kubernetes } of clusters) {
        const isRendered = rendered.some(({ target }) => target.clusters.includes(name));
        if (!kubernetes || versions.includes(kubernetes) || !isRendered) continue;
        const message = `cluster ${name} runs Kubernetes ${kubernetes}, and schemas are known for ${versions.join(', ')}`;
        yield { location: { file, line: 1, column: 1 }, message };
      }
    },
  };
}
