import type { Discovery } from './discover/discover.ts';
import type { Manifest, Rendered } from './model.ts';

/**
 * Renders with the Applications that their ApplicationSets make, as if they were rendered
 * too. What cannot be expanded brings none.
 */
export async function withGenerated(
  rendered: readonly Rendered[],
  discovery: Discovery,
): Promise<readonly Rendered[]> {
  const isSet = ({ kind, apiVersion }: Manifest) =>
    kind === 'ApplicationSet' && apiVersion.startsWith('argoproj.io/');
  const synced = rendered.filter(({ target }) => target.clusters.length > 0);
  if (!synced.some(({ manifests }) => manifests.some(isSet))) return rendered;
  const [{ applicationsOf }, { ownRepositories }, { registeredClusters }] = await Promise.all([
    import('./sync/application-set/applications.ts'),
    import('./sync/own-repositories.ts'),
    import('./sync/registered-clusters.ts'),
  ]);
  const { files, read } = discovery;
  const wired = synced.flatMap(({ target, manifests }) =>
    target.clusters.flatMap((cluster) => manifests.map((manifest) => ({ cluster, manifest }))),
  );
  const isOwn = ownRepositories(wired, files);
  return rendered.map((one) => {
    const sets = one.target.clusters.length > 0 ? one.manifests.filter(isSet) : [];
    if (sets.length === 0) return one;
    const own = wired.filter(({ cluster }) => one.target.clusters.includes(cluster));
    const registered = registeredClusters(own.map(({ manifest }) => manifest));
    const generated = sets.flatMap((set) => {
      const { applications } = applicationsOf(set, { files, read, isOwn, registered });
      const origin = set.origin ?? { file: fileOf(set, one, discovery) };
      return applications.map(({ manifest }) => ({ ...manifest, origin }));
    });
    return { ...one, manifests: [...one.manifests, ...generated] };
  });
}

/** The file that declares a rendered ApplicationSet, or the first of its target. */
function fileOf(set: Manifest, { files, target }: Rendered, { read }: Discovery): string {
  const declares = (document: unknown) => {
    const { kind, metadata } = (document ?? {}) as { kind?: unknown; metadata?: unknown };
    const { name } = (metadata ?? {}) as { name?: unknown };
    return kind === 'ApplicationSet' && name === set.name;
  };
  const file = files.find((one) => read(one)?.documents.some(declares));
  return file ?? files[0] ?? target.path;
}
