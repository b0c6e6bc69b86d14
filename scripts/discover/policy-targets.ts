import type { Target, TargetFiles } from '../model.ts';
import { closureOf } from './closure.ts';
import type { Discovery } from './discover.ts';
import { hasKustomization } from './manifest-files.ts';
import { openSources } from './sources.ts';
import { kustomizationTarget } from './targets.ts';

/**
 * The folders with the policies of environments that a run on a part of the repository leaves
 * out, though it has targets of those: they decide about that part too.
 *
 * @param folder has a folder for each environment
 * @param known the targets that are in the run
 */
export function policyTargets(
  { root, files, clusters }: Discovery,
  folder: string,
  known: readonly { readonly target: Target }[],
): { readonly target: Target; readonly input: TargetFiles }[] {
  const present = new Set(known.map(({ target }) => target.path));
  const synced = new Set(known.flatMap(({ target }) => target.clusters));
  const environments = clusters.flatMap(({ name, environment }) =>
    synced.has(name) ? environment : [],
  );
  const paths = [...new Set(environments)]
    .map((environment) => `${folder}/${environment}`)
    .filter((path) => !present.has(path) && hasKustomization(files, path));
  const context = { root, sources: openSources(root), allowed: new Set<never>() };
  return paths.map((path) => ({
    target: kustomizationTarget(path).target,
    input: closureOf(path, context),
  }));
}
