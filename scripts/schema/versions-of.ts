import type { Cluster, Manifest } from '../model.ts';

/** Who says which Kubernetes a manifest is for. */
export interface VersionSources {
  readonly clusters: readonly Cluster[];
  /** Decides instead of what each cluster says, as `1.34`. */
  readonly kubernetesVersion?: string;
}

/** The Kubernetes versions of a manifest's clusters, each once; undefined where nobody says. */
export function versionsOf(
  sources: VersionSources,
): (manifest: Manifest) => readonly (string | undefined)[] {
  const { clusters, kubernetesVersion } = sources;
  const known = new Map(clusters.map(({ name, kubernetes }) => [name, kubernetes]));
  return ({ target }) => {
    if (kubernetesVersion !== undefined) return [kubernetesVersion];
    const found = new Set((target?.clusters ?? []).map((name) => known.get(name)));
    return found.size > 0 ? [...found] : [undefined];
  };
}
